/** The list of keyboard shortcuts. */
import { useEffect, useId, useRef } from 'preact/hooks';
import { shortcutWords } from './shortcut-words.ts';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="tl-dialog" aria-labelledby={id} onClose={onClose}>
      <div class="tl-dialog-head">
        <h2 id={id}>Keyboard shortcuts</h2>
        <button type="button" class="tl-button tl-worded" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
      <p>While the picture has the focus:</p>
      <dl>
        {Object.values(shortcutWords).map(([written, does]) => (
          <div key={does}>
            <dt>
              {written.map((key) => (
                <kbd>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p>
        On the picture: drag to move along the time, drag with Shift to select a span, Ctrl and wheel or two fingers to show more
        or less time, Shift and wheel to move along it.
      </p>
    </dialog>
  );
}

/**
 * The code of a playground: static and highlighted first; editable at once when clicked; and Monaco, with completion and
 * types, once that has come. Where it does not come, nothing is missing that was there before.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import './code-editor.css';
import { CodeView } from './CodeView.tsx';
import { EditHistory } from './edit-history.ts';
import type { CodeError } from './editor.ts';
import { EditorSwitch } from './editor-switch.ts';
import { fetchHighlighter } from './highlighter.ts';
import { isTooLong } from './too-long.ts';

/** Props of `CodeEditor`. */
export interface CodeEditorProps {
  /** All files. A text that changes from outside replaces the reader's, as an edit that can be undone. */
  files: readonly { name: string; text: string }[];
  /** The name of the file that is shown. */
  active: string;
  /** Where the file that is shown is wrong; the mark goes away with the next edit. */
  error?: CodeError | undefined;
  /** True while something is going on that the start of Monaco would disturb, such as a run. */
  isHeld?: boolean;
  onChange(file: string, text: string): void;
  /** The reader has gone into the editor. */
  onFocus?: () => void;
}

export function CodeEditor({ files, active, error, isHeld = false, onChange, onFocus }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<EditorSwitch | undefined>(undefined);
  const latest = useRef(onChange);
  latest.current = onChange;
  const hint = useId();
  const given = files.find(({ name }) => name === active)?.text ?? '';
  const [text, setText] = useState(given);
  /** What the server wrote. */
  const written = useRef(given);
  const [wrong, setWrong] = useState<CodeError | undefined>(undefined);
  const [isLive, setLive] = useState(false);
  const shown = isLive ? text : given;
  const isPlain = isLive && isTooLong(shown);

  // The textarea comes with the script: without it the code is only to be read.
  useEffect(() => setLive(true), []);

  useLayoutEffect(() => {
    if (!isLive || !textarea.current || !host.current) return;
    const made = new EditorSwitch({
      host: host.current,
      textarea: textarea.current,
      histories: new Map(files.map((file) => [file.name, new EditHistory(file.text)])),
      onShown: setText,
      onChange: (file, changed) => latest.current(file, changed),
      onError: setWrong,
    });
    editor.current = made;
    made.isHeld = isHeld;
    made.show(active);
    return () => made.dispose();
  }, [isLive]);

  useLayoutEffect(() => {
    for (const { name, text: outside } of files) editor.current?.receive(name, outside);
  });
  useLayoutEffect(() => {
    if (editor.current) editor.current.isHeld = isHeld;
  }, [isHeld]);
  useLayoutEffect(() => editor.current?.show(active), [active]);
  useLayoutEffect(() => (editor.current ? editor.current.showError(error) : setWrong(error)), [error]);

  return (
    <div class="ce not-content" ref={host} onFocusCapture={onFocus} onPointerEnter={fetchHighlighter}>
      <div class="ce-scroll">
        {/* A text that is too long to be drawn twice is the textarea's own. */}
        {!isPlain && (
          <CodeView
            text={shown}
            wrongLine={wrong?.line}
            label={isLive ? undefined : active}
            isWritten={shown === written.current}
          />
        )}
        {isLive && (
          <textarea
            ref={textarea}
            class={isPlain ? 'ce-text ce-plain' : 'ce-text'}
            aria-label={`${active}, editor`}
            aria-describedby={hint}
            aria-invalid={wrong ? true : undefined}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            autocorrect="off"
            wrap="off"
            rows={1}
          />
        )}
      </div>
      {isLive && (
        <p class="ce-hint" id={hint}>
          Tab indents. To leave the editor with the keyboard, press Escape, then Tab.
        </p>
      )}
    </div>
  );
}

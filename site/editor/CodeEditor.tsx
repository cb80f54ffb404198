/**
 * The code of a playground: static and highlighted first, editable as soon as it is clicked, and shown in Monaco, with completion
 * and types, once that has loaded. If Monaco never loads, nothing is lost.
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
  /** All files. A text that changes from outside replaces the reader's, as an undoable edit. */
  files: readonly { name: string; text: string }[];
  /** The name of the file shown. */
  active: string;
  /** The error in the file shown; the next edit removes its mark. */
  error?: CodeError | undefined;
  /** True while something is going on, such as a run, that starting Monaco would disturb. */
  isHeld?: boolean;
  onChange(file: string, text: string): void;
  /** Called when the reader enters the editor. */
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
  /** The text that the server wrote. */
  const written = useRef(given);
  const [wrong, setWrong] = useState<CodeError | undefined>(undefined);
  const [isLive, setLive] = useState(false);
  const shown = isLive ? text : given;
  const isPlain = isLive && isTooLong(shown);

  // The textarea comes with the script: without it the code is read-only.
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
        {/* A text too long to draw twice shows in the textarea itself. */}
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

/** What can be done with a trace as a document: open one, save this one, export it. Its code comes when it is wanted. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../protocol/trace/trace.ts';
import { receiveDrops } from './drop.ts';
import './trace-menu.css';

export interface TraceMenuProps {
  /** The trace that is shown. */
  trace: () => Trace;
  /** Another was opened; `name` is the file's. */
  onOpen: (trace: Trace, name: string) => void;
  /** A sentence that says why a file could not be opened, or not be made. */
  onProblem: (message: string) => void;
  /** Takes all files of a choice or a drop, where more than the first of them is of use. */
  onFiles?: (files: File[]) => void;
  /** Where one may go from here: a link. */
  children?: ComponentChildren;
}

const formats = [
  { format: 'json', words: 'Save trace', note: 'JSON' },
  { format: 'har', words: 'Export HAR', note: 'for DevTools' },
  { format: 'pcapng', words: 'Export pcapng', note: 'for Wireshark' },
  { format: 'svg', words: 'Picture as SVG', note: '' },
  { format: 'png', words: 'Picture as PNG', note: '' },
] as const;

const sentence = (problem: unknown): string => `${problem instanceof Error ? problem.message : String(problem)}.`;

/** Opens a file and says what came of it. */
export async function openInto({ onOpen, onProblem }: Pick<TraceMenuProps, 'onOpen' | 'onProblem'>, file: File): Promise<void> {
  try {
    const { openFile } = await import('./open-trace.ts');
    onOpen(await openFile(file), file.name);
  } catch (problem) {
    onProblem(`${file.name}: ${sentence(problem)}`);
  }
}

/** A file dropped on the timeline that it stands in is opened too. */
export function TraceMenu({ trace, onOpen, onProblem, onFiles, children }: TraceMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const open = (files: File[]): void => {
    if (onFiles) onFiles(files);
    else if (files[0]) void openInto({ onOpen, onProblem }, files[0]);
  };
  const close = (): void => menu.current?.removeAttribute('open');

  useEffect(() => {
    const { current } = menu;
    const figure = current?.closest('figure');
    const listening = new AbortController();
    const closeFromOutside = ({ target }: Event): void => void (current?.contains(target as Node) || close());
    document.addEventListener('pointerdown', closeFromOutside, listening);
    const ignore = figure ? receiveDrops(figure, open) : undefined;
    return () => {
      listening.abort();
      ignore?.();
    };
  }, []);

  const save = async (format: (typeof formats)[number]['format']): Promise<void> => {
    close();
    try {
      await (await import('./save-trace.ts')).saveTrace(trace(), format);
    } catch (problem) {
      onProblem(sentence(problem));
    }
  };
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    event.stopPropagation();
    close();
    menu.current.querySelector('summary')?.focus();
  };
  /** Who goes on by Tab has left it; a file picker takes the focus nowhere. */
  const closeBehind = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !menu.current?.contains(relatedTarget)) close();
  };
  return (
    <details ref={menu} class="tr-menu" onKeyDown={closeByKey} onFocusOut={closeBehind}>
      <summary class="tl-button tl-worded">Trace</summary>
      <div>
        <button type="button" onClick={() => picker.current?.click()}>
          Open trace
        </button>
        {formats.map(({ format, words, note }) => (
          <button key={format} type="button" onClick={() => void save(format)}>
            {words} {note && <span>{note}</span>}
          </button>
        ))}
        {children}
      </div>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        multiple={onFiles !== undefined}
        aria-label="Trace file"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          // The same file may be chosen again, once it has been mended.
          currentTarget.value = '';
          close();
          open(files);
        }}
      />
    </details>
  );
}

/** Offers what can be done with a trace as a document: open one, save this one, export it. The code for that loads on demand. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../protocol/trace/trace.ts';
import { receiveDrops } from './drop.ts';
import './trace-menu.css';

export interface TraceMenuProps {
  /** Returns the trace that is shown. */
  trace: () => Trace;
  /** Called when another trace was opened; `name` is the file's. */
  onOpen: (trace: Trace, name: string) => void;
  /** Receives a sentence on why a file could not be opened or made. */
  onProblem: (message: string) => void;
  /** Takes all files of a choice or a drop, if more than the first are useful. */
  onFiles?: (files: File[]) => void;
  /** A link to where the reader may go from here. */
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

/** Opens a file and reports the result. */
export async function openInto({ onOpen, onProblem }: Pick<TraceMenuProps, 'onOpen' | 'onProblem'>, file: File): Promise<void> {
  try {
    const { openFile } = await import('./open-trace.ts');
    onOpen(await openFile(file), file.name);
  } catch (problem) {
    onProblem(`${file.name}: ${sentence(problem)}`);
  }
}

/** A menu that also opens a file dropped on the timeline around it. */
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
  /** Closes the menu once Tab has moved the focus out; a file picker moves the focus nowhere. */
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
          // Allow choosing the same file again, once it has been fixed.
          currentTarget.value = '';
          close();
          open(files);
        }}
      />
    </details>
  );
}

/** Highlighted code with line numbers: it is there before any script, and the light editor lies over it. */
import { useEffect } from 'preact/hooks';
import type { Token } from './highlight.ts';
import { fetchHighlighter, highlighter } from './highlighter.ts';

const plain = (text: string): Token[][] => text.split('\n').map((line) => [[line, undefined]]);

interface Props {
  text: string;
  /** The line to mark, from 1. */
  wrongLine: number | undefined;
  /** Labels the code while no editor lies over it; it can then be scrolled with the keyboard. */
  label: string | undefined;
  /** Lines to highlight, from 1. */
  marked?: ReadonlySet<number>;
  /** True if the server wrote this very text into the page: it stays as it is until there is a highlighter. */
  isWritten?: boolean;
}

export function CodeView({ text, wrongLine, label, marked, isWritten = false }: Props) {
  const highlight = highlighter.value;
  const isLeft = !highlight && isWritten && wrongLine === undefined;
  useEffect(() => {
    if (!isLeft) fetchHighlighter();
  }, [isLeft]);
  const lineClass = (line: number): string =>
    line === wrongLine ? 'ce-line ce-wrong' : marked?.has(line) ? 'ce-line ce-marked' : 'ce-line';
  const itself = label === undefined ? { 'aria-hidden': true } : { role: 'region' as const, 'aria-label': label, tabIndex: 0 };
  // This makes Preact leave the server's children alone when it takes over the page.
  if (isLeft) {
    return (
      <pre class="ce-code" {...itself}>
        <code dangerouslySetInnerHTML={{ __html: '' }} />
      </pre>
    );
  }
  return (
    <pre class="ce-code" {...itself}>
      <code>
        {(highlight ?? plain)(text).map((tokens, i) => (
          <span key={i} class={lineClass(i + 1)}>
            {tokens.map(([part, colour]) => (colour ? <span class={`ce-${colour}`}>{part}</span> : part))}
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  );
}

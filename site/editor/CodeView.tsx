/** Highlighted code with line numbers: what is there before any script, and what the light editor lies over. */
import { useEffect } from 'preact/hooks';
import type { Token } from './highlight.ts';
import { fetchHighlighter, highlighter } from './highlighter.ts';

const plain = (text: string): Token[][] => text.split('\n').map((line) => [[line, undefined]]);

interface Props {
  text: string;
  /** The line to mark, from 1. */
  wrongLine: number | undefined;
  /** Of the code by itself, while there is no editor over it; then it can be scrolled with the keyboard. */
  label: string | undefined;
  /** Lines to set apart, from 1. */
  marked?: ReadonlySet<number>;
  /** True where the server has written this very text into the page: it is left as it is until there is a highlighter. */
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
  // Preact leaves the server's children alone where it finds this as it takes over the page.
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

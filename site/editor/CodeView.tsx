/** Highlighted code with line numbers: what is there before any script, and what the light editor lies over. */
import { highlight } from './highlight.ts';

interface Props {
  text: string;
  /** The line to mark, from 1. */
  wrongLine: number | undefined;
  /** Of the code by itself, while there is no editor over it; then it can be scrolled with the keyboard. */
  label: string | undefined;
  /** Lines to set apart, from 1. */
  marked?: ReadonlySet<number>;
}

export function CodeView({ text, wrongLine, label, marked }: Props) {
  const lineClass = (line: number): string =>
    line === wrongLine ? 'ce-line ce-wrong' : marked?.has(line) ? 'ce-line ce-marked' : 'ce-line';
  const itself = label === undefined ? { 'aria-hidden': true } : { role: 'region' as const, 'aria-label': label, tabIndex: 0 };
  return (
    <pre class="ce-code" {...itself}>
      <code>
        {highlight(text).map((tokens, i) => (
          <span key={i} class={lineClass(i + 1)}>
            {tokens.map(([part, colour]) => (colour ? <span class={`ce-${colour}`}>{part}</span> : part))}
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  );
}

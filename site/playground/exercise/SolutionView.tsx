/** Shows the solution of an exercise beside the reader's own program. Changes nothing of the reader's unless asked. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { CodeView } from '../../editor/CodeView.tsx';
import { linesNotIn } from './line-differences.ts';

interface Props {
  solution: { name: string; text: string };
  /** The reader's own program as it is now. */
  own: { name: string; text: string };
  /** True while Run would run the solution. */
  isChosen: boolean;
  /** What was in the editor before the solution was copied there; undefined if it was not copied. */
  replaced: string | undefined;
  onCopy(text: string): void;
}

export function SolutionView({ solution, own, isChosen, replaced, onCopy }: Props) {
  const marked = useMemo(() => linesNotIn(own.text, solution.text), [own.text, solution.text]);
  const root = useRef<HTMLDivElement>(null);
  // The button that opens it is below the code, so without this the reader would not see what it did.
  useLayoutEffect(() => root.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' }), []);
  const isSame = own.text === solution.text;
  const differences = isSame ? `Your ${own.name} is the same.` : `Marked lines are not in your ${own.name}.`;
  return (
    <div ref={root} class="pg-solution" role="group" aria-label="The solution">
      <div class="ce">
        <div class="ce-scroll">
          <CodeView text={solution.text} wrongLine={undefined} label={`${solution.name}, read-only`} marked={marked} />
        </div>
      </div>
      <div class="pg-solution-words">
        <p>
          {differences} Run runs {isChosen ? 'this solution; your own stays as it is.' : `your ${own.name}.`}
        </p>
        {isSame && replaced !== undefined ? (
          <button type="button" class="pg-button" onClick={() => onCopy(replaced)}>
            Put my code back
          </button>
        ) : (
          <button type="button" class="pg-button" aria-disabled={isSame} onClick={() => isSame || onCopy(solution.text)}>
            Copy into {own.name}
          </button>
        )}
      </div>
    </div>
  );
}

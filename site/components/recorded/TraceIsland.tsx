/** A recorded trace as an island, with the menu of what the reader can do with it as a document. */
import { useSignal } from '@preact/signals';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { TraceMenu } from '../../trace/TraceMenu.tsx';
import { TraceView } from '../../trace/TraceView.tsx';
import '../../trace/trace-page.css';

export default function TraceIsland({ trace: recorded }: { trace: Trace }) {
  const trace = useSignal(recorded);
  const problem = useSignal('');
  return (
    <>
      <TraceView trace={trace.value}>
        <TraceMenu
          trace={() => trace.peek()}
          onOpen={(opened) => {
            trace.value = opened;
            problem.value = '';
          }}
          onProblem={(message) => (problem.value = message)}
        />
      </TraceView>
      <p class="tp-problem" role="alert">
        {problem.value}
      </p>
    </>
  );
}

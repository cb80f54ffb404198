/** The page of traces: shows the one that it comes with, until another is opened by file, by drop, or by `#src=`. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../protocol/trace.ts';
import { receiveDrops } from './drop.ts';
import { openAddress } from './open-trace.ts';
import { openInto, TraceMenu } from './TraceMenu.tsx';
import { TraceView } from './TraceView.tsx';

interface Props {
  example: Trace;
  /** What the example is. */
  title: string;
}

/** The address in `#src=/trace/…`, as it is written after the sign. */
export function sourceIn(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('src') ?? undefined;
}

export function TracePage({ example, title }: Props) {
  const trace = useSignal(example);
  const name = useSignal(title);
  const problem = useSignal('');
  const picker = useRef<HTMLInputElement>(null);
  const actions = {
    onOpen: (opened: Trace, from: string): void => {
      trace.value = opened;
      name.value = from;
      problem.value = '';
    },
    onProblem: (message: string): void => void (problem.value = message),
  };

  useEffect(() => {
    const openHash = async (): Promise<void> => {
      const source = sourceIn(location.hash);
      if (source === undefined) return;
      try {
        actions.onOpen(await openAddress(source), source);
      } catch (error) {
        actions.onProblem(`${(error as Error).message}.`);
      }
    };
    void openHash();
    const listen = (): void => void openHash();
    addEventListener('hashchange', listen);
    const ignore = receiveDrops(document.body, (file) => void openInto(actions, file));
    return () => {
      removeEventListener('hashchange', listen);
      ignore();
    };
  }, []);

  return (
    <section class="tp not-content" aria-label="Trace">
      <div class="tp-bar">
        <button type="button" class="tp-open" onClick={() => picker.current?.click()}>
          Open trace
        </button>
        <p class="tp-name" role="status">
          {name.value}
        </p>
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Trace file"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            currentTarget.value = '';
            if (file) void openInto(actions, file);
          }}
        />
      </div>
      <p class="tp-problem" role="alert">
        {problem.value}
      </p>
      <TraceView trace={trace.value}>
        <TraceMenu trace={() => trace.peek()} {...actions} />
      </TraceView>
    </section>
  );
}

/** The trace page: shows its own trace until others are opened by file, by drop, or by `#src=`; several are compared. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { NamedTrace } from '../../protocol/trace/joined-traces.ts';
import type { Trace } from '../../protocol/trace/trace.ts';
import { useLoaded } from '../timeline/panels/use-loaded.ts';
import { addTraces, mostCompared, nameOf } from './compared.ts';
import { ComparedList } from './ComparedList.tsx';
import { receiveDrops } from './drop.ts';
import { openAddress } from './open-trace.ts';
import { openInto, TraceMenu } from './TraceMenu.tsx';
import { TraceView } from './TraceView.tsx';
import './compare.css';
import './trace-page.css';

interface Props {
  example: Trace;
  /** Describes the example. */
  title: string;
  /** The same in a word or two, for a column heading. */
  short: string;
}

/** An opened trace; `title` describes it on the page when it is the only one. */
interface Opened extends NamedTrace {
  title: string;
}

/** Returns the percent-decoded `src` of a hash such as `#src=/trace/…`; undefined if it has none. */
export function sourceIn(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('src') ?? undefined;
}

const loadCompareView = async () => (await import('./CompareView.tsx')).CompareView;

export function TracePage({ example, title, short }: Props) {
  const traces = useSignal<readonly [Opened, ...Opened[]]>([{ name: short, title, trace: example }]);
  const problem = useSignal('');
  /** False replaces what is shown; true adds to it. */
  const isAdding = useRef(false);
  const picker = useRef<HTMLInputElement>(null);
  const compare = useRef<HTMLButtonElement>(null);
  const isComparing = traces.value.length > 1;
  const CompareView = useLoaded(loadCompareView, isComparing);

  const show = (opened: readonly Opened[], beside: readonly Opened[] = []): void => {
    const { traces: all, leftOut } = addTraces(beside, opened);
    const [first, ...others] = all;
    if (first) traces.value = [first, ...others];
    if (leftOut.length > 0) {
      const left = `${leftOut.join(', ')} ${leftOut.length > 1 ? 'are' : 'is'} left out`;
      problem.value = `${problem.value} At most ${mostCompared} traces are compared: ${left}.`.trim();
    }
  };
  const open = async (files: readonly File[], isAdded = false): Promise<void> => {
    const problems: string[] = [];
    const opened: Opened[] = [];
    for (const file of files) {
      const onOpen = (trace: Trace, name: string): void => void opened.push({ name: nameOf(name), title: name, trace });
      await openInto({ onOpen, onProblem: (message) => void problems.push(message) }, file);
    }
    problem.value = problems.join(' ');
    if (opened.length > 0) show(opened, isAdded ? traces.peek() : []);
  };
  const choose = (isAdded: boolean): void => {
    isAdding.current = isAdded;
    picker.current?.click();
  };
  /** Shows only these traces, and moves the focus: the pressed button disappears with its row. */
  const keep = (kept: readonly Opened[]): void => {
    problem.value = '';
    show(kept);
    compare.current?.focus();
  };

  useEffect(() => {
    const openHash = async (): Promise<void> => {
      const source = sourceIn(location.hash);
      if (source === undefined) return;
      try {
        const trace = await openAddress(source);
        problem.value = '';
        show([{ name: nameOf(source), title: source, trace }]);
      } catch (error) {
        problem.value = `${(error as Error).message}.`;
      }
    };
    void openHash();
    const listen = (): void => void openHash();
    addEventListener('hashchange', listen);
    const ignore = receiveDrops(document.body, (files) => void open(files));
    return () => {
      removeEventListener('hashchange', listen);
      ignore();
    };
  }, []);

  const [first] = traces.value;
  return (
    <section class="tp not-content" aria-label="Trace">
      <div class="tp-bar">
        <button type="button" class="tp-open" onClick={() => choose(false)}>
          Open trace
        </button>
        <button ref={compare} type="button" class="tp-compare" onClick={() => choose(true)}>
          Compare with…
        </button>
        <p class="tp-name" role="status">
          {isComparing ? `${traces.value.length} traces on one axis of time` : first.title}
        </p>
        <input
          ref={picker}
          type="file"
          accept=".json,application/json"
          hidden
          multiple
          aria-label="Trace files"
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            currentTarget.value = '';
            if (files.length > 0) void open(files, isAdding.current);
            isAdding.current = false;
          }}
        />
      </div>
      {isComparing && (
        <ComparedList
          names={traces.value.map(({ name }) => name)}
          onRemove={(at) => keep(traces.peek().filter((_, i) => i !== at))}
          onOnly={(at) => keep(traces.peek().filter((_, i) => i === at))}
        />
      )}
      <p class="tp-problem" role="alert">
        {CompareView === 'failed' ? 'The comparison could not be fetched. Reload the page and try again.' : problem.value}
      </p>
      {isComparing && CompareView && CompareView !== 'failed' ? (
        <CompareView traces={traces.value} />
      ) : (
        <TraceView trace={first.trace}>
          <TraceMenu
            trace={() => traces.peek()[0].trace}
            onOpen={(trace, name) => show([{ name: nameOf(name), title: name, trace }])}
            onProblem={(message) => void (problem.value = message)}
            onFiles={(files) => void open(files)}
          />
        </TraceView>
      )}
    </section>
  );
}

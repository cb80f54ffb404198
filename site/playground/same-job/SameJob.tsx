/** Shows one job done in several ways, by programs that run one after the other and are compared on one axis and in one table. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { NamedTrace } from '../../../protocol/trace/joined-traces.ts';
import { CodeView } from '../../editor/CodeView.tsx';
import { CompareView } from '../../trace/CompareView.tsx';
import type { SourceFile } from '../run/compile.ts';
import { jobOf, runToRest, withJob } from './job.ts';
import { type Settings, shownWords } from './same-job-words.ts';
import { noSandbox } from '../session/sandbox-error.ts';
import { hashFor } from '../share-address.ts';

/** A way of doing the job. */
export interface Way extends NamedTrace {
  /** The example's folder below `content/`. */
  example: string;
  file: SourceFile;
}

export interface SameJobProps {
  ways: readonly Way[];
  /** Matches the text of each update, such as `update \d+`. */
  updates: string;
  /** One-way latency of the recorded runs, ms. */
  latency: number;
  /** The path of the empty playground. */
  playground: string;
}

const ranges = {
  every: { name: 'Time between updates', unit: 'ms', min: 50, max: 2000, step: 50 },
  updates: { name: 'Updates', unit: '', min: 1, max: 40, step: 1 },
  latency: { name: 'Latency', unit: 'ms', min: 0, max: 500, step: 10 },
} as const;

export function SameJob({ ways, updates, latency, playground }: SameJobProps) {
  const traces = useSignal<readonly NamedTrace[]>(ways.map(({ name, trace }) => ({ name, trace })));
  const recorded = useRef<Settings>({ ...jobOf(ways[0]?.file.text ?? ''), latency });
  const settings = useSignal<Settings>(recorded.current);
  /** The settings of each of the reader's own runs that are shown. */
  const own = useSignal<Readonly<Record<string, Settings>>>({});
  /** What is running or went wrong. Once nothing runs, `shown()` follows it. */
  const news = useSignal('');
  const running = useSignal<AbortController | undefined>(undefined);
  const rows = useRef<HTMLUListElement>(null);
  useEffect(() => () => running.peek()?.abort(), []);

  const shown = (): string =>
    shownWords(
      ways.map(({ name }) => ({ name, isOwn: name in own.value, settings: own.value[name] ?? recorded.current })),
      settings.value,
    );
  const program = ({ text, javascript, name }: SourceFile) => ({ file: name, code: withJob(javascript ?? text, settings.value) });
  const run = async (chosen: readonly Way[]): Promise<void> => {
    running.value?.abort();
    const stop = (running.value = new AbortController());
    let said = '';
    try {
      for (const [i, way] of chosen.entries()) {
        news.value = chosen.length > 1 ? `Running ${way.name}, ${i + 1} of ${chosen.length}.` : `Running ${way.name}.`;
        const given = settings.value;
        const trace = await runToRest(program(way.file), given.latency, stop.signal);
        if (trace.network === 'in-page') said = noSandbox;
        own.value = { ...own.value, [way.name]: given };
        traces.value = traces.value.map((one) => (one.name === way.name ? { name: way.name, trace } : one));
        // Offers the trace to anyone on the page who listens, as `npm run record` does.
        const row = rows.current?.querySelector(`[data-example="${way.example}"]`);
        row?.dispatchEvent(new CustomEvent('trace', { detail: () => trace, bubbles: true }));
      }
      news.value = said;
    } catch (problem) {
      if (running.value === stop) news.value = `${(problem as Error).message}.`;
    } finally {
      if (running.value === stop) running.value = undefined;
    }
  };

  const isOn = running.value !== undefined;
  return (
    <section class="sj not-content" aria-label="The same job, several ways">
      <div class="sj-bar">
        <button type="button" class="pg-button pg-primary" onClick={() => void run(ways)}>
          Run all
        </button>
        <button type="button" class="pg-button" aria-disabled={!isOn} onClick={() => running.value?.abort()}>
          Stop
        </button>
        {(['every', 'updates', 'latency'] as const).map((key) => {
          const { name, unit, ...range } = ranges[key];
          return (
            <label key={key} class="sj-setting">
              <span>{name}</span>
              <input
                type="range"
                {...range}
                value={settings.value[key]}
                aria-valuetext={`${settings.value[key]} ${unit}`}
                onInput={({ currentTarget }) => (settings.value = { ...settings.value, [key]: Number(currentTarget.value) })}
              />
              <output>
                {settings.value[key]} {unit}
              </output>
            </label>
          );
        })}
        <p class="sj-said" role="status">
          {isOn ? news.value : `${news.value} ${shown()}`.trim()}
        </p>
      </div>
      <CompareView traces={traces.value} updates={updates} />
      <ul class="sj-ways" ref={rows}>
        {ways.map((way) => (
          <li key={way.name} data-example={way.example}>
            <details>
              <summary>{way.name}: the program</summary>
              <CodeView text={way.file.text} wrongLine={undefined} label={`${way.name}, program`} isWritten />
            </details>
            <button type="button" class="pg-button" aria-label={`Run ${way.name}`} onClick={() => void run([way])}>
              Run
            </button>
            <a href={playground + hashFor(withJob(way.file.text, settings.value))}>Change it in the playground</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { LinkConditions } from '../../protocol/wire/link-conditions.ts';
import { idealLink } from '../../protocol/wire/link-conditions.ts';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { Program, type Surroundings } from '../program/program.ts';
import { type Rest, type RunBounds, Switch } from '../switch/switch.ts';

/** Programs of a run by their names: `server`, and clients `A`, `B` … */
export type Programs = Record<string, (surroundings: Surroundings) => void | Promise<void>>;

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs programs in this process under virtual time; `onError` takes what they throw where nobody catches it. Rejects with what a program throws. */
export async function runPrograms(
  programs: Programs,
  conditions: Partial<LinkConditions> = {},
  bounds: RunBounds = { until: 60_000, mostSteps: 100_000 },
  onError: (error: unknown, name: string) => void = () => undefined,
): Promise<{ events: TraceEvent[]; rest: Rest; now: number; errors: unknown[] }> {
  const events: TraceEvent[] = [];
  const errors: unknown[] = [];
  const network = new Switch({ conditions: { ...idealLink, ...conditions }, onEvent: (event) => events.push(event) });
  for (const [index, [name, start]] of Object.entries(programs).entries()) {
    const failed = (error: unknown): void => {
      errors.push(error);
      onError(error, name);
    };
    network.join(new Program({ name, index: index + 1, macrotask, start, onError: failed }));
  }
  const rest = await network.run(bounds);
  return { events, rest, now: network.now, errors };
}

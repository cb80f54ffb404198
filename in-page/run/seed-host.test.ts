import { afterEach, expect, test } from 'vitest';
import type { TraceEvent } from '../../protocol/trace/trace.ts';
import { idealLink } from '../../protocol/wire/link-conditions.ts';
import { Program, type Surroundings } from '../program/program.ts';
import type { Peer } from '../switch/peer.ts';
import { SeedHost } from './seed-host.ts';
import type { FromSeeds, SeedDelivered, ToSeedProgram } from './seed-messages.ts';
import { serveProgram } from './serve-program.ts';

const opened: MessagePort[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const programOf = (name: string, index: number, start: (surroundings: Surroundings) => void): Program =>
  new Program({ name, index, macrotask, start, onError: () => undefined });
const server = (): Peer => programOf('server', 1, ({ network }) => void network.listen(8080, () => undefined));

/** A client in a Worker of its own that takes all runs. `onBegun` hears of each and may post what it likes. */
function client(start: (surroundings: Surroundings, seed: number) => void, onBegun?: (port: MessagePort) => void) {
  const { port1, port2 } = new MessageChannel();
  opened.push(port1, port2);
  let deliver: Parameters<Parameters<typeof serveProgram>[1]['onDelivery']>[0] = () => undefined;
  port2.onmessage = ({ data }: MessageEvent<ToSeedProgram>) => {
    if (data.type === 'delivery') return deliver(data);
    const { run, seed } = data;
    onBegun?.(port2);
    serveProgram(
      programOf('A', 2, (surroundings) => start(surroundings, seed)),
      {
        post: (outcome) => port2.postMessage({ ...outcome, run } satisfies SeedDelivered),
        onDelivery: (take) => (deliver = take),
      },
    );
  };
  return { name: 'A', port: port1 };
}

/** Runs the seeds and takes each run at once. */
async function runsOf(seeds: readonly number[], lanes: ConstructorParameters<typeof SeedHost>[0]['lanes']): Promise<FromSeeds[]> {
  const told: FromSeeds[] = [];
  const port = {
    postMessage(message: FromSeeds) {
      told.push(message);
      setImmediate(() => host.taken());
    },
  };
  const host = new SeedHost({ settings: { conditions: { ...idealLink, jitter: 50 }, seeds, until: 10_000 }, port, lanes });
  await host.run();
  return told;
}

const namesOf = (events: readonly TraceEvent[]): string[] => events.map(({ name }) => name);
const connects = ({ network }: Surroundings): void => {
  const socket = network.connect(8080);
  socket.saw({ name: 'connection_started', url: '/' });
};

test('each seed has a run of its own, in which its programs begin anew', async () => {
  const seen: number[] = [];
  const start = (surroundings: Surroundings, seed: number): void => {
    seen.push(seed);
    connects(surroundings);
  };
  const told = await runsOf([3, 4, 5], [[server, client(start)]]);
  expect(told.map((run) => run.type === 'seed-run' && [run.seed, run.rest, namesOf(run.events)])).toEqual(
    [3, 4, 5].map((seed) => [seed, 'quiet', ['connection_started']]),
  );
  expect(seen).toEqual([3, 4, 5]);
});

test('several lanes share the seeds: each is run once', async () => {
  const lane = () => [server, client(connects)];
  const told = await runsOf([1, 2, 3, 4, 5, 6, 7], [lane(), lane()]);
  expect(told.map((run) => (run.type === 'seed-run' ? run.seed : -1)).sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('what a program still has to say of the run before is not heard in the next', async () => {
  const late: SeedDelivered = { run: 0, isStray: true, wakeAt: undefined, deeds: [{ type: 'exit', at: 0 }] };
  let begun = 0;
  const told = await runsOf([1, 2], [[server, client(connects, (port) => begun++ === 1 && port.postMessage(late))]]);
  expect(told.map((run) => run.type === 'seed-run' && namesOf(run.events))).toEqual([
    ['connection_started'],
    ['connection_started'],
  ]);
});

test('a program that would go on for ever ends at the bound of its run, and one that floods at that of its events', async () => {
  const ticks = await runsOf([1], [[client(({ clock }) => void clock.set(() => undefined, 100, true))]]);
  expect(ticks).toMatchObject([{ rest: 'time' }]);
  const floods = ({ network, clock }: Surroundings): void => {
    const socket = network.connect(8080);
    clock.set(
      () => {
        for (let i = 0; i < 20_000; i++) socket.saw({ name: 'buffer_read', amount: 0 });
      },
      10,
      true,
    );
  };
  expect(await runsOf([1], [[server, client(floods)]])).toMatchObject([{ rest: 'steps' }]);
});

test('a program that says it did what no program can do ends the runs with a fault', async () => {
  const { port1, port2 } = new MessageChannel();
  opened.push(port1, port2);
  port2.onmessage = ({ data }: MessageEvent<ToSeedProgram>) => {
    if (data.type === 'delivery') port2.postMessage({ run: 0, deeds: [{ type: 'write', at: 0 }] });
  };
  const told = await runsOf([1, 2], [[{ name: 'A', port: port1 }]]);
  expect(told).toEqual([{ type: 'fault', text: expect.stringContaining('no program can do') as string }]);
});

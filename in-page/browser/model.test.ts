import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Opcode, opcodeName } from '../../protocol/wire/frame.ts';
import { converse, listen, type ServerEnd } from './testing/by-hand.ts';
import { type ClientStep, Model, type Outcome, type ServerStep, type Step, type TimedStep } from './testing/model.ts';

const latency = 20;

const code = fc.constantFrom(undefined, 1000, 3000, 4999);
const text = fc.constantFrom('', 'hello', 'Grüße', '😀');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ who: fc.constant('client'), does: fc.constant('send'), text }) },
  { weight: 2, arbitrary: fc.record({ who: fc.constant('client'), does: fc.constant('send blob'), size: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ who: fc.constant('client'), does: fc.constant('close'), code }) },
  { weight: 4, arbitrary: fc.record({ who: fc.constant('server'), does: fc.constantFrom('message', 'fragments'), text }) },
  { weight: 3, arbitrary: fc.record({ who: fc.constant('server'), does: fc.constantFrom('ping') }) },
  { weight: 1, arbitrary: fc.record({ who: fc.constant('server'), does: fc.constantFrom('bad frame', 'end', 'destroy') }) },
  { weight: 1, arbitrary: fc.record({ who: fc.constant('server'), does: fc.constant('close'), code }) },
) as fc.Arbitrary<Step>;

/** Steps at times of their own: a program's at odd ms, the server's at even ones, once its end is open. */
const steps: fc.Arbitrary<TimedStep[]> = fc
  .uniqueArray(fc.record({ step, time: fc.oneof(fc.nat(60), fc.integer({ min: 0, max: 9_000 })) }), {
    selector: ({ time }) => time,
    maxLength: 25,
  })
  .map((timed) =>
    timed.map(({ step, time }) => ({ ...step, at: step.who === 'client' ? 2 * time + 1 : latency + 2 + 2 * time })),
  );

function serverDoes(step: ServerStep, { socket, frame, text, close }: ServerEnd): void {
  if (step.does === 'message') text(step.text);
  else if (step.does === 'close') close(step.code);
  else if (step.does === 'ping') frame({ opcode: Opcode.ping });
  else if (step.does === 'bad frame') frame({ opcode: 0xb });
  else if (step.does === 'end') socket.end();
  else if (step.does === 'destroy') socket.destroy();
  else if ('text' in step) {
    const bytes = new TextEncoder().encode(step.text);
    frame({ opcode: Opcode.text, payload: bytes.subarray(0, 1), fin: false });
    frame({ opcode: Opcode.continuation, payload: bytes.subarray(1) });
  }
}

function clientDoes(step: ClientStep, ws: WebSocket): void {
  if (step.does === 'close') ws.close(step.code);
  else if (ws.readyState !== ws.CONNECTING) ws.send(step.does === 'send' ? step.text : new Blob(['x'.repeat(step.size)]));
}

/** Returns what comes of the steps on the in-page network. */
async function play(steps: readonly TimedStep[]): Promise<Outcome> {
  const last = { readyState: -1, bufferedAmount: -1 };
  const { log, frames, errors } = await converse(
    ({ WebSocket, clock, log }) => {
      const opened = listen(new WebSocket('/'), log);
      // Later than anything happens, in a task of its own.
      clock.set(
        () => Object.assign(last, { readyState: opened.readyState, bufferedAmount: opened.bufferedAmount }),
        50_000,
        false,
      );
      for (const step of steps) if (step.who === 'client') clock.set(() => clientDoes(step, opened), step.at, false);
    },
    {
      onOpen: (end) => {
        // The server ends TCP only where the script says so.
        end.socket.onEnd = () => undefined;
        for (const step of steps) {
          if (step.who === 'server') end.clock.set(() => serverDoes(step, end), step.at - end.clock.present, false);
        }
      },
      onFrame: () => undefined,
    },
    { latency },
  );
  expect(errors).toEqual([]);
  const written = frames.map(({ opcode, length }) => `${opcodeName(opcode)} ${length}`);
  return { log, written, ...last };
}

test('any sends, closes and server frames end as the small model says, with no effect before its cause', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const expected = new Model(latency).run(steps);
      const actual = await play(steps);
      // A server that has given the connection up does not hear what the client wrote after.
      const hears = steps.every((step) => step.who !== 'server' || step.does !== 'destroy');
      const written = hears ? expected.written : expected.written.slice(0, actual.written.length);
      expect(actual).toEqual({ ...expected, written });
    }),
    { numRuns: 300 },
  );
});

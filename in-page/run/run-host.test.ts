import { afterEach, expect, test } from 'vitest';
import { idealLink } from '../../protocol/wire/link-conditions.ts';
import { Program, type Surroundings } from '../program/program.ts';
import { RunHost } from './run-host.ts';
import type { FromRun } from './run-messages.ts';
import { serveProgram } from './serve-program.ts';

const opened: MessagePort[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

/** A run whose programs have ports of their own, as in Workers, and a clock that is moved by hand where it is not as fast as can be. */
function runOf(speed: number) {
  let wall = 0;
  const told: FromRun[] = [];
  const waiting: { until: (message: FromRun) => boolean; found: (message: FromRun) => void }[] = [];
  const port = {
    postMessage(message: FromRun) {
      told.push(message);
      for (const one of waiting.filter(({ until }) => until(message))) one.found(message);
    },
  };
  const host = new RunHost({
    settings: { conditions: idealLink, speed, until: 10_000 },
    port,
    now: () => wall,
  });
  let programs = 0;
  const join = (name: string, start: (surroundings: Surroundings) => void): void => {
    const { port1, port2 } = new MessageChannel();
    opened.push(port1, port2);
    const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    serveProgram(new Program({ name, index: ++programs, macrotask, start, onError: () => undefined }), {
      post: (outcome) => port2.postMessage(outcome),
      onDelivery: (take) => (port2.onmessage = ({ data }) => take(data)),
    });
    host.join([{ name, port: port1 }]);
  };
  const tells = (until: (message: FromRun) => boolean): Promise<FromRun> =>
    new Promise((found) => {
      const known = told.find(until);
      if (known) found(known);
      else waiting.push({ until, found });
    });
  return { host, join, tells, told, pass: (ms: number) => (wall += ms) };
}

const isRest = ({ type }: FromRun): boolean => type === 'rest';
const listening = ({ network }: Surroundings): void => void network.listen(8080, () => undefined);

test('a run as fast as it can ends at its bound, though a program would go on for ever', async () => {
  let ticks = 0;
  const { join, tells } = runOf(Infinity);
  join('A', ({ clock }) => void clock.set(() => ticks++, 100, true));
  expect(await tells(isRest)).toMatchObject({ rest: 'time' });
  expect(ticks).toBe(100);
});

test('a program that asks for a port on which nobody listens is told of to the page, with the ports that are listened on', async () => {
  const { join, tells } = runOf(Infinity);
  join('server', listening);
  join('A', ({ network }) => void network.connect(9090));
  const refused = await tells(({ type }) => type === 'refused');
  expect(refused).toEqual({ type: 'refused', program: 'A', port: 9090, listening: [8080] });
});

test('a server that joins again takes the place of the one before: its clients’ connections end, and its port can be listened on', async () => {
  const { join, tells, told } = runOf(Infinity);
  const heard: string[] = [];
  join('server', listening);
  join('A', ({ network }) => {
    const socket = network.connect(8080);
    socket.write(new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n'));
    socket.onEnd = () => {
      heard.push('ended');
      socket.end();
    };
    socket.onClose = () => heard.push('closed');
  });
  await tells(isRest);
  expect(heard).toEqual([]);
  told.length = 0;
  let isListening = false;
  join('server', ({ network }) => {
    network.listen(8080, () => undefined);
    isListening = true;
  });
  await tells(isRest);
  expect([heard, isListening]).toEqual([['ended', 'closed'], true]);
});

test('a program that says it did what no program can do ends the run with a fault', async () => {
  const { host, tells } = runOf(Infinity);
  const { port1, port2 } = new MessageChannel();
  opened.push(port1, port2);
  port2.onmessage = () => port2.postMessage({ deeds: [{ type: 'write', at: 0, socket: 1, bytes: 'text' }] });
  host.join([{ name: 'A', port: port1 }]);
  const fault = await tells(({ type }) => type === 'fault');
  expect(fault).toMatchObject({ text: expect.stringContaining('no program can do') as string });
});

test('what a program does when nothing has happened to it is not lost, also where the run has come to rest', async () => {
  const { join, tells, told } = runOf(Infinity);
  const heard: string[] = [];
  join('server', listening);
  let later = (): void => undefined;
  join('A', ({ network, clock }) => {
    later = () => {
      network.connect(9090).onRefused = () => heard.push('refused');
      clock.set(() => heard.push('timer'), 100, false);
    };
  });
  await tells(isRest);
  told.length = 0;
  later();
  await tells(isRest);
  expect(heard).toEqual(['refused', 'timer']);
});

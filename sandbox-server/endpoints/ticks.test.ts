import { expect, test } from 'vitest';
import { Ticks } from './ticks.ts';
import { startServer } from '../testing/client.ts';
import { openEvents } from '../testing/event-stream.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';

const tick = (id: number): { id: number; data: string } => ({ id, data: `tick ${id}` });

test('the ticker runs even without listeners: a late client has missed earlier ticks unless it names an id', () => {
  const timers = createFakeTimers(1000);
  timers.pass(2500);
  const late = new Ticks({ since: 1000, every: 1000 }, timers);
  expect(late.last).toBe(2);
  expect(late.after(2)).toEqual({ gap: undefined, messages: [] });
  expect(late.after(0)).toEqual({ gap: undefined, messages: [tick(1), tick(2)] });
  const heard: unknown[] = [];
  const cancel = late.listen((message) => heard.push(message));
  timers.pass(500);
  expect(heard).toEqual([tick(3)]);
  timers.pass(2000);
  expect(heard).toEqual([tick(3), tick(4), tick(5)]);
  cancel();
  expect(timers.waiting).toBe(0);
});

test('keeps 256 ticks, and reports a gap for older ids and for ids that are still to come', () => {
  const timers = createFakeTimers();
  timers.pass(300_000);
  const ticks = new Ticks({ since: 0, every: 1000 }, timers);
  expect(ticks.after(44).messages).toHaveLength(256);
  expect(ticks.after(43).gap).toEqual({ after: 43, next: 45 });
  expect(ticks.after(301)).toMatchObject({ gap: { after: 301, next: 45 } });
});

test('delivers ticks that were due between creation and listening', () => {
  const timers = createFakeTimers();
  const ticks = new Ticks({ since: 0, every: 10 }, timers);
  timers.pass(25);
  const heard: unknown[] = [];
  ticks.listen((message) => heard.push(message));
  timers.pass(0);
  expect(heard).toEqual([tick(1), tick(2)]);
});

test('the stream of the ticker resumes from where a client was cut off', async () => {
  await using running = await startServer();
  const first = await openEvents(`${running.origin}/events/ticker?every=50`);
  const { lastEventId } = await first.events.next();
  first.abort();
  const back = await openEvents(`${running.origin}/events/ticker?every=50`, { 'Last-Event-ID': lastEventId });
  const { data } = await back.events.next();
  expect(data).toBe(`tick ${Number(lastEventId) + 1}`);
  back.abort();
  const wrong = await fetch(`${running.origin}/events/ticker?every=1`);
  expect([wrong.status, await wrong.text()]).toEqual([
    400,
    'Wrong parameter: "every" is "1"; it takes a whole number from 50 to 60000.\n',
  ]);
});

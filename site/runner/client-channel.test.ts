import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WorkerItem } from '../../protocol/messages/runner-messages.ts';
import { channelLimits, ClientChannel } from './client-channel.ts';

/** A port whose other end is this test. */
class Port {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly sent: unknown[] = [];
  postMessage(message: { type: string }): void {
    this.sent.push(message.type);
  }
  close(): void {
    this.onmessage = null;
  }
  says(data: unknown): void {
    this.onmessage?.({ data });
  }
}

const line = (text = 'x'): WorkerItem => ({ type: 'console', level: 'log', time: Date.now(), text });
const batch = (...items: unknown[]): unknown => ({ type: 'batch', items });

let port: Port;
let items: WorkerItem[];
let broken: string[];
let channel: ClientChannel;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] });
  port = new Port();
  items = [];
  broken = [];
  channel = new ClientChannel(port as unknown as MessagePort, 'A', {
    onItem: (item) => items.push(item),
    onBusy: () => undefined,
    onBroken(why) {
      broken.push(why);
      channel.close();
    },
  });
});
afterEach(() => {
  channel.close();
  vi.useRealTimers();
});

const answers = (): number => port.sent.filter((type) => type === 'batch-taken').length;

describe('a port that the reader’s code has got hold of', () => {
  test.each<[what: string, message: unknown]>([
    ['what is no message', 'x'],
    ['an event of the server', batch({ type: 'event', event: { time: 1, at: 'socket', connection: 'A1', name: 'link_cut' } })],
    ['an answer that nobody asked for', { type: 'pong', time: 1 }],
  ])('says %s: the client is stopped with a sentence, nothing throws, and nothing more is heard from it', (_what, message) => {
    port.says({ type: 'pong', time: 1 });
    port.says(message);
    port.says(batch(line()));
    expect(broken).toHaveLength(1);
    expect(broken[0]).toContain('sent the page something that no program here sends');
    expect(items).toEqual([]);
  });

  test('floods the page: the client is stopped after as many batches as a Worker sends without an answer', () => {
    for (let i = 0; i <= channelLimits.batchesBeforeAnswer; i++) port.says(batch(line()));
    expect(broken).toEqual(['The program was stopped: it sent the page more than it could take.']);
  });

  test('gives times: none is taken as before the run or in the future', () => {
    const event = (time: number) => ({ time, at: 'client', connection: 'A1', name: 'connection_started', url: '' });
    const now = performance.timeOrigin + performance.now();
    port.says(batch({ type: 'event', event: event(-1e15) }, line(), { ...line(), time: 1e15 }));
    const times = items.map((item) => (item.type === 'event' ? item.event.time : 'time' in item ? item.time : NaN));
    for (const time of times) expect(Math.abs(time - now)).toBeLessThan(1);
  });
});

test('answers a batch later the more characters it has, and batches one after the other', () => {
  const characters = 15_000;
  const texts = Array.from({ length: 5 }, () => line('x'.repeat(characters / 5)));
  port.says(batch(...texts));
  port.says(batch(...texts));
  const takes = characters / channelLimits.charactersPerMs;
  vi.advanceTimersByTime(takes - 1);
  expect(answers()).toBe(0);
  vi.advanceTimersByTime(1 + channelLimits.answerAfter);
  expect(answers()).toBe(1);
  vi.advanceTimersByTime(takes + channelLimits.answerAfter);
  expect(answers()).toBe(2);
});

test('keeps what a client did in one ms of a coarse clock in order, and within a moment', () => {
  const time = performance.timeOrigin + performance.now();
  const event = { time, at: 'client', name: 'connection_started', url: '' };
  vi.advanceTimersByTime(100);
  port.says(batch(...['A1', 'A2', 'A3'].map((connection) => ({ type: 'event', event: { ...event, connection } }))));
  const times = items.map((item) => (item.type === 'event' ? item.event.time - time : NaN));
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(0.01);
  expect(times).toHaveLength(3);
});

test('does not wait for a Worker that has ended itself', () => {
  port.says({ type: 'pong', time: Date.now() });
  port.says(batch({ type: 'closed', time: Date.now() }));
  vi.advanceTimersByTime(20 * channelLimits.pingEvery);
  expect(items.map(({ type }) => type)).toEqual(['closed']);
});

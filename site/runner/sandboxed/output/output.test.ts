import { beforeEach, describe, expect, test } from 'vitest';
import type { Batch, ConsoleLine, WorkerItem } from '../../../../protocol/messages/runner-messages.ts';
import { channelLimits } from '../../client-channel.ts';
import { charactersOf } from '../../item-size.ts';
import { Output, outputLimits } from './output.ts';

let time: number;
let batches: Batch[];
let waiting: (() => void)[];
let output: Output;

const line = (text = 'x'): WorkerItem => ({ type: 'console', level: 'log', time, text });
const event: WorkerItem = { type: 'event', event: { time: 0, at: 'client', connection: 'A1', name: 'connection_opened' } };
const pass = (ms: number): void => {
  time += ms;
  for (const callback of waiting.splice(0)) callback();
};
/** Answers until nothing more comes; returns all items. */
const drain = (): WorkerItem[] => {
  for (let seen = -1; seen !== batches.length;) {
    seen = batches.length;
    for (let i = 0; i < outputLimits.unansweredBatches; i++) output.answered();
    pass(outputLimits.batchEvery);
  }
  return batches.flatMap(({ items }) => items);
};
const counts = (items: WorkerItem[]) => ({
  lines: items.filter(({ type }) => type === 'console').length,
  omitted: items.reduce((sum, item) => sum + (item.type === 'omitted' ? item.count : 0), 0),
  events: items.filter(({ type }) => type === 'event').length,
});

beforeEach(() => {
  time = 1000;
  batches = [];
  waiting = [];
  // Clone each batch, as a port would.
  output = new Output({
    post: (batch) => batches.push(structuredClone(batch)),
    now: () => time,
    later: (callback) => waiting.push(callback),
  });
});

describe('Output', () => {
  test('sends the first line at once, and those that follow together a moment later', () => {
    output.put(line('1'));
    expect(batches).toEqual([{ type: 'batch', items: [line('1')] }]);
    output.put(line('2'));
    output.put(line('3'));
    expect(batches).toHaveLength(1);
    pass(outputLimits.batchEvery);
    expect(batches[1]?.items).toHaveLength(2);
  });

  test('is unused until something is put in, of whatever kind', () => {
    expect(output.isUnused).toBe(true);
    output.put(event);
    expect(output.isUnused).toBe(false);
  });

  test('counts exactly the lines that it left out, wherever the flood ends', () => {
    for (const total of [1, 450, 601, 5000]) {
      batches = [];
      for (let i = 0; i < total; i++) output.put(line());
      const { lines, omitted } = counts(drain());
      expect(lines + omitted).toBe(total);
    }
  });

  test('stops sending lines while the page answers nothing, in one turn of any length', () => {
    for (let i = 0; i < 100_000; i++) output.put(line());
    expect(batches.length).toBeLessThanOrEqual(outputLimits.unansweredBatches);
  });

  test('says now and then how many were left out while a loop hears no answer', () => {
    for (let i = 0; i < 5000; i++) output.put(line());
    time += outputLimits.countOmittedEvery;
    output.put(line());
    expect(batches.at(-1)?.items.at(-1)).toMatchObject({ type: 'omitted' });
    const { lines, omitted } = counts(drain());
    expect(lines + omitted).toBe(5001);
  });

  test('puts the mark for omitted lines before the next line that is shown', () => {
    for (let i = 0; i < 5000; i++) output.put(line());
    for (let i = 0; i < 10; i++) output.answered();
    output.put(line('last'));
    const items = drain();
    expect(items.findIndex(({ type }) => type === 'omitted')).toBeLessThan(items.length - 1);
    expect(items.at(-1)).toMatchObject({ text: 'last' });
  });

  test('keeps the last lines of a flood as well as the first, behind the mark', () => {
    for (let i = 0; i < 5000; i++) output.put(line(String(i)));
    const items = drain();
    const mark = items.findIndex(({ type }) => type === 'omitted');
    const texts = items.map((item) => (item.type === 'console' ? item.text : item.type));
    expect(texts.slice(0, mark)).toEqual(Array.from({ length: mark }, (_, i) => String(i)));
    expect(texts.slice(mark + 1)).toEqual(Array.from({ length: outputLimits.lastLines }, (_, i) => String(4980 + i)));
    expect(mark).toBeGreaterThan(100);
  });

  test('makes none of the lines that it leaves out, and keeps no lines before one that it is not given', () => {
    let made = 0;
    const make = (text: string) => () => {
      made++;
      return line(text) as ConsoleLine;
    };
    while (!output.isFull) output.put(line());
    const before = output.isFull;
    for (let i = 0; i < 1000; i++) output.omitLine(make('early'));
    output.omitLine();
    output.omitLine(make('late'));
    const items = drain();
    expect([before, made]).toEqual([true, 1]);
    expect(items.at(-1)).toMatchObject({ text: 'late' });
    expect(items.find(({ type }) => type === 'omitted')).toEqual({ type: 'omitted', count: 1001 });
  });

  test('of long last lines it keeps as many as have room', () => {
    for (let i = 0; i < 1000; i++) output.put(line(`${i}${'x'.repeat(3000)}`));
    const items = drain();
    const last = items.slice(items.findIndex(({ type }) => type === 'omitted') + 1);
    expect(last.map((item) => (item.type === 'console' ? item.text.slice(0, 4) : ''))).toEqual(['998x', '999x']);
  });

  test('has the last lines of a program that ends in a flood', () => {
    for (let i = 0; i < 5000; i++) output.put(line(String(i)));
    output.end({ type: 'closed', time });
    const items = batches.flatMap(({ items: of }) => of);
    expect(items.at(-2)).toMatchObject({ text: '4999' });
    expect(counts(items).lines + counts(items).omitted).toBe(5000);
  });

  test('keeps ten thousand events of one turn whole, and says how many it left out of more', () => {
    for (let i = 0; i < 10_000; i++) output.put(event);
    expect(counts(drain()).events).toBe(10_000);
    batches = [];
    for (let i = 0; i < 30_000; i++) output.put(event);
    const items = drain();
    const note = items.find((item) => item.type === 'note');
    expect(note?.text).toMatch(`${30_000 - counts(items).events} events of this client are not in the trace`);
  });

  test('puts no more characters into a batch than the page takes, and holds no more characters of lines than it may', () => {
    const text = 'x'.repeat(3000);
    for (let i = 0; i < 1000; i++) output.put(line(text));
    const items = drain();
    for (const { items: batch } of batches) {
      expect(batch.reduce((sum, item) => sum + charactersOf(item), 0)).toBeLessThanOrEqual(outputLimits.charactersPerBatch);
    }
    const { lines, omitted } = counts(items);
    expect(lines + omitted).toBe(1000);
    const sent = outputLimits.unansweredBatches * outputLimits.charactersPerBatch;
    expect(lines).toBeLessThanOrEqual((sent + outputLimits.heldCharacters) / 3000 + 1);
  });

  test('holds a few errors beyond its lines when they never end, and counts the others', () => {
    const error: WorkerItem = { type: 'error', kind: 'thrown', time, name: 'Error', message: 'x' };
    for (let i = 0; i < 5000; i++) output.put(line());
    for (let i = 0; i < 500; i++) output.put(error);
    const items = drain();
    const errors = items.filter(({ type }) => type === 'error').length;
    expect(errors).toBe(outputLimits.heldErrors);
    const { lines, omitted } = counts(items);
    expect(lines + omitted + errors).toBe(5500);
  });

  test('sends what it holds at its end, the last item last, in few enough batches for a page that answers none', () => {
    for (let i = 0; i < 100_000; i++) output.put(event);
    output.end({ type: 'closed', time });
    expect(batches.at(-1)?.items.at(-1)).toEqual({ type: 'closed', time });
    expect(batches.length).toBeLessThanOrEqual(channelLimits.batchesBeforeAnswer);
  });
});

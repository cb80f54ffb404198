import { expect, test } from 'vitest';
import { flightsOf } from '../../../protocol/trace/flight-index.ts';
import { largeTraces } from '../../../protocol/testing/large-traces-for-tests.ts';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { readConversation } from '../conversation/conversation.ts';
import { layoutTimeline } from '../layout/layout.ts';
import { leftOutWords } from './left-out.ts';
import { whole } from '../layout/viewport.ts';

test('draws the first of 5,000 connections at one time, each with room of its own, and counts the others', () => {
  const trace = (largeTraces['connections of one client at one time'] as (size: number) => Trace)(5000);
  const conversation = readConversation(trace, flightsOf(trace));
  const pairs = conversation.pairs.length;
  const layout = layoutTimeline(conversation, {
    ...whole(conversation.end),
    width: 960,
    height: 980,
    orientation: 'across',
    pairs,
  });
  const lanes = layout.lanes.map(({ line: [{ y }] }) => y);
  expect(lanes).toEqual(lanes.toSorted((a, b) => a - b));
  expect(layout.lanes.filter(({ side }) => side === 'client').length + layout.unplaced).toBe(5000);
  expect(layout.unplaced).toBe(5000 - pairs);
  expect(leftOutWords({ frames: 0, connections: layout.unplaced, events: 0 })).toBe(
    '4,988 connections have no room and are not drawn',
  );
});

test('connections that follow each other are all drawn, however many, and nothing is said to be missing', () => {
  const trace = (largeTraces['connections one after another'] as (size: number) => Trace)(5000);
  const conversation = readConversation(trace, flightsOf(trace));
  const layout = layoutTimeline(conversation, { ...whole(conversation.end), width: 960, height: 480, orientation: 'across' });
  expect(layout.unplaced).toBe(0);
  expect(layout.lanes[0]?.lives).toHaveLength(5000);
  expect(leftOutWords({ frames: 0, connections: 0, events: 0 })).toBe('');
});

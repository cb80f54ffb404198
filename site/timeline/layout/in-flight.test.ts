import { expect, test } from 'vitest';
import { conversationOf, textFlight } from '../testing/flights-for-tests.ts';
import { inFlightAt, nearestFrame, waitingAt } from './in-flight.ts';
import { layoutTimeline } from './layout.ts';
import { along } from './marks.ts';

const view = { from: 0, to: 1000, width: 720, height: 224, orientation: 'across' } as const;
const unknown = () => undefined;

test('the head of a frame in flight is on its line, at the moment shown', () => {
  const layout = layoutTimeline(conversationOf([textFlight(100, { receivedAt: 500 })]), view);
  const [head] = inFlightAt(layout, 200, unknown);
  const [mark] = layout.frames;
  expect(head?.at.x).toBeCloseTo(along(layout, 200), 9);
  expect(head?.at.y).toBeCloseTo((mark?.lane ?? 0) + ((mark?.farLane ?? 0) - (mark?.lane ?? 0)) / 4, 9);
  expect(head?.estimated).toBe(false);
});

test('frames have no head before they depart or after they are received', () => {
  const layout = layoutTimeline(conversationOf([textFlight(100, { departedAt: 200, receivedAt: 500 })]), view);
  expect([150, 199, 200, 499, 500].map((now) => inFlightAt(layout, now, unknown).length)).toEqual([0, 0, 1, 1, 0]);
  expect([99, 150, 200].map((now) => waitingAt(layout, now).length)).toEqual([0, 1, 0]);
});

test('a frame whose receipt is unknown moves as fast as expected, says so, and never arrives by itself', () => {
  const flight = textFlight(100, { receivedAt: undefined });
  const layout = layoutTimeline(conversationOf([flight]), { ...view, running: true });
  const part = (now: number) => {
    const [head] = inFlightAt(layout, now, () => 200);
    expect(head?.estimated).toBe(true);
    return ((head?.at.y ?? 0) - (head?.mark.lane ?? 0)) / ((head?.mark.farLane ?? 0) - (head?.mark.lane ?? 0));
  };
  expect(part(200)).toBeCloseTo(0.5, 9);
  expect(part(900)).toBeLessThan(1);
});

test('a click chooses the nearest frame, and none when none is near', () => {
  const layout = layoutTimeline(conversationOf([textFlight(100), textFlight(500)]), view);
  const onSecond = { x: along(layout, 550), y: 110 };
  expect(nearestFrame(layout, onSecond, 24)?.flight.sentAt).toBe(500);
  expect(nearestFrame(layout, { x: along(layout, 900), y: 110 }, 24)).toBeUndefined();
});

import { signal } from '@preact/signals';
import { expect, test, vi } from 'vitest';
import type { Flight } from '../../../protocol/trace/flight.ts';
import { answer, connection, textFlight } from '../testing/flights-for-tests.ts';
import { Player } from './player.ts';
import type { Scene, CanvasStage } from '../paint/canvas-stage.ts';
import type { Stretch } from '../layout/viewport.ts';

const flights = [textFlight(0), answer(50), textFlight(200)];
const source = (own: readonly Flight[] = flights) => ({ trace: { connections: [connection('A1')], events: [] }, flights: own });

function playerOf(own?: readonly Flight[]) {
  const selected = signal<Flight | undefined>(undefined);
  return { player: new Player(source(own), selected, {}), selected };
}

test('stepping back from the end goes from event to event, each once, and rests there', () => {
  const { player } = playerOf();
  const seen = Array.from({ length: 6 }, () => {
    player.step(-1);
    return player.clock.position;
  });
  expect(seen).toEqual([200, 150, 100, 50, 0, 0]);
  expect(player.clock.moving).toBe(false);
});

test('counts events from any moment, and finds none beyond the ends', () => {
  const { player } = playerOf();
  expect([player.eventFrom(60, 1), player.eventFrom(60, -1)]).toEqual([100, 50]);
  expect([player.eventFrom(0, 3), player.eventFrom(0, 99), player.eventFrom(300, -99)]).toEqual([150, 300, 0]);
});

test('going to a line of the text chooses its frame', () => {
  const { player, selected } = playerOf();
  player.goTo(150, flights[1]?.id);
  expect([player.clock.position, selected.value]).toEqual([150, flights[1]]);
});

test('frames are chosen in the order of their sending, and the speed goes through its steps', () => {
  const { player, selected } = playerOf([answer(50), textFlight(0)]);
  player.selectBy(1);
  expect(selected.value?.sentAt).toBe(0);
  player.changeSpeed(1);
  expect(player.clock.speed).toBe(1);
  player.changeSpeed(-1);
  expect(player.clock.speed).toBe(0.5);
});

test('another trace has no span selected, and is shown whole at its end', () => {
  const { player } = playerOf();
  player.selection.select(10, 20);
  player.play(source([textFlight(0, { receivedAt: 900 })]));
  expect(player.selection.span.value).toBeUndefined();
  expect(player.clock.position).toBe(900);
});

/** Returns what was in view during a run of that many frames, and after it. One frame is sent every 200 ms. */
function viewsOf(frames: number): [live: Stretch, last: Stretch] {
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  const seen: Stretch[] = [];
  const { player } = playerOf([]);
  player.play(source(Array.from({ length: frames }, (_, i) => textFlight(i * 200))));
  const stage = { paint: ({ view }: Scene) => void seen.push(view) } as unknown as CanvasStage;
  player.setLive(() => frames * 200 + 2500);
  player.attach(stage);
  player.setLive(undefined);
  player.attach(stage);
  return seen as [Stretch, Stretch];
}

test('when a long run ends, the view ends with it, and does not stay on the empty stretch that it had turned to', () => {
  const [live, last] = viewsOf(120);
  expect(live.from).toBeGreaterThan(23_900);
  expect(last.to).toBeCloseTo(23_900 * 1.03, 6);
  expect(last.to - last.from).toBeCloseTo(live.to - live.from, 6);
});

test('when a run that took a few views’ time ends, the whole of it is in view', () => {
  const [live, last] = viewsOf(50);
  expect(live.from).toBeGreaterThan(9900);
  expect([last.from, last.to]).toEqual([0, 9900 * 1.03]);
});

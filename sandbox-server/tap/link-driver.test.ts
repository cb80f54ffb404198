import { expect, test, vi } from 'vitest';
import { Link, type LinkEvent } from '../../protocol/wire/link.ts';
import { idealLink } from '../../protocol/wire/link-conditions.ts';
import { createFakeTimers } from '../testing/fake-timers.ts';
import { LinkDriver } from './link-driver.ts';

const up = 'client-to-server';
const down = 'server-to-client';
const turn = (): Promise<void> => new Promise((resolve) => queueMicrotask(resolve));

function driverOf(conditions: object) {
  const timers = createFakeTimers();
  const seen: string[] = [];
  const listeners: ((event: LinkEvent<string>) => void)[] = [];
  const driver = new LinkDriver<string>({ ...idealLink, ...conditions }, timers, (event) => {
    seen.push(`${event.unit} ${event.name} ${event.time}`);
    for (const listener of listeners) listener(event);
  });
  return { timers, seen, driver, listeners };
}

test('on an ideal link a unit arrives after the sender is done and before any timer', async () => {
  const { driver, seen, timers } = driverOf({});
  driver.send(up, 5, 'a');
  driver.send(up, 5, 'b');
  expect(seen).toEqual([]);
  await turn();
  expect(seen).toEqual(['a departed 0', 'a arrived 0', 'b departed 0', 'b arrived 0']);
  expect(timers.waiting).toBe(0);
});

test('latency and bandwidth take exactly their time, with one timer', async () => {
  const { driver, seen, timers } = driverOf({ latency: 100, bandwidth: 8000 });
  driver.send(up, 50, 'a');
  driver.send(up, 50, 'b');
  await turn();
  expect(timers.waiting).toBe(1);
  timers.pass(149);
  expect(seen).toEqual(['a departed 0', 'b departed 50']);
  timers.pass(1);
  expect(seen.at(-1)).toBe('a arrived 150');
  timers.pass(50);
  expect(seen.at(-1)).toBe('b arrived 200');
  expect(timers.waiting).toBe(0);
});

test('an answer sent on arrival goes out after all that has arrived', async () => {
  const { driver, seen, listeners } = driverOf({});
  listeners.push(({ unit, name, direction }) => {
    if (direction === up && name === 'arrived') driver.send(down, 1, `re ${unit}`);
  });
  driver.send(up, 1, 'a');
  driver.send(up, 1, 'b');
  await turn();
  expect(seen.filter((line) => line.includes('arrived'))).toEqual([
    'a arrived 0',
    'b arrived 0',
    're a arrived 0',
    're b arrived 0',
  ]);
});

test('an exempt unit is carried in the direction that a simplex link lacks; others are dropped', async () => {
  const { driver, seen } = driverOf({ duplex: 'simplex' });
  driver.send(up, 1, 'data');
  driver.send(up, 1, 'close', { exempt: true });
  await turn();
  expect(seen).toEqual(['data dropped 0', 'close departed 0', 'close arrived 0']);
  expect(driver.conditions.duplex).toBe('simplex');
});

test('lets others have their turn while very many units arrive at once, and keeps the units in order', async () => {
  const { driver, seen, timers } = driverOf({ latency: 100 });
  const units = Array.from({ length: 5000 }, (_, i) => `${i}`);
  for (const unit of units) driver.send(up, 1, unit);
  await turn();
  timers.pass(0);
  const departed = seen.splice(0).length;
  let arrivedBefore = -1;
  timers.after(100, () => {
    arrivedBefore = seen.length;
    driver.send(down, 1, 'meanwhile');
  });
  timers.pass(100);
  expect(departed).toBe(units.length);
  expect(arrivedBefore).toBeGreaterThan(0);
  expect(arrivedBefore).toBeLessThanOrEqual(1000);
  expect(seen).toEqual([...units.map((unit) => `${unit} arrived 100`), 'meanwhile departed 100']);
});

test('cuts a link on time for what it carries, and says so once, even if very many units were due before', async () => {
  const timers = createFakeTimers();
  const seen: string[] = [];
  const driver = new LinkDriver<number>(
    { ...idealLink, latency: 100, cut: 100 },
    timers,
    ({ name }) => seen.push(name),
    (end) => seen.push(end),
  );
  for (let unit = 0; unit < 2500; unit++) driver.send(up, 1, unit);
  await turn();
  timers.pass(1);
  driver.send(up, 1, 2500);
  await turn();
  timers.pass(100);
  const some = (name: string, count: number): string[] => Array.from({ length: count }, () => name);
  expect(seen).toEqual([...some('departed', 2501), ...some('arrived', 2500), 'dropped', 'cut']);
  expect(timers.waiting).toBe(0);
});

test('a driver that is stopped while others have their turn is silent from then on', async () => {
  const { driver, seen, timers } = driverOf({});
  for (let unit = 0; unit < 2500; unit++) driver.send(up, 1, `${unit}`);
  await turn();
  driver.stop();
  timers.pass(100);
  expect(seen.length).toBe(1000);
  expect(timers.waiting).toBe(0);
});

test('a stopped driver is silent and leaves no timer', async () => {
  const { driver, seen, timers } = driverOf({ latency: 10 });
  driver.send(up, 1, 'a');
  await turn();
  driver.stop();
  driver.send(up, 1, 'b');
  await turn();
  timers.pass(100);
  expect(seen).toEqual(['a departed 0']);
  expect(timers.waiting).toBe(0);
});

test.each([
  ['at once', 0],
  ['by a timer', 10],
])('hands on a fault in working out what comes next, in what runs %s, and throws it at nobody', async (_, latency) => {
  const timers = createFakeTimers();
  const told: unknown[] = [];
  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      told.push(error);
    }
  };
  const nothing = (): void => undefined;
  const driver = new LinkDriver<string>({ ...idealLink, latency }, timers, nothing, nothing, guarded);
  driver.send(up, 5, 'a');
  if (latency > 0) await turn();
  const fault = new Error('a fault of ours');
  vi.spyOn(Link.prototype, 'nextTime', 'get').mockImplementationOnce(() => {
    throw fault;
  });
  await turn();
  timers.pass(latency);
  expect(told).toEqual([fault]);
});

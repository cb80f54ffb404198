import { describe, expect, test } from 'vitest';
import { PlaybackClock, speeds } from './playback-clock.ts';

/** A clock whose time the test sets. */
function clockAt(end = 1000) {
  const reader = { now: 0 };
  const clock = new PlaybackClock(() => reader.now);
  clock.extend(end);
  return { clock, reader };
}

describe('a recorded trace', () => {
  test('is shown at its end, at rest', () => {
    const { clock } = clockAt();
    expect([clock.position, clock.moving]).toEqual([1000, false]);
  });

  test('plays from its beginning, and comes to rest at its end', () => {
    const { clock, reader } = clockAt();
    clock.play();
    reader.now = 400;
    expect(clock.position).toBe(400);
    reader.now = 5000;
    expect(clock.position).toBe(1000);
    clock.settle();
    expect(clock.moving).toBe(false);
  });

  test.each(speeds)('plays %d times as fast as it was', (speed) => {
    const { clock, reader } = clockAt();
    clock.setSpeed(speed);
    clock.play();
    reader.now = 500;
    expect(clock.position).toBeCloseTo(500 * speed, 9);
  });

  test('plays from event to event without motion, and still comes to rest at its end', () => {
    const { clock, reader } = clockAt();
    clock.setStepped(true);
    clock.play();
    reader.now = 400;
    expect([clock.position, clock.moving]).toEqual([0, true]);
    clock.seek(120);
    clock.settle();
    expect([clock.position, clock.moving]).toEqual([120, true]);
    clock.seek(1000);
    clock.settle();
    expect([clock.position, clock.moving]).toEqual([1000, false]);
  });

  test('keeps its position when the speed changes while it plays', () => {
    const { clock, reader } = clockAt();
    clock.play();
    reader.now = 300;
    clock.setSpeed(0.1);
    reader.now = 400;
    expect(clock.position).toBeCloseTo(310, 9);
  });

  test('stands still while paused, and goes on from there', () => {
    const { clock, reader } = clockAt();
    clock.play();
    reader.now = 300;
    clock.pause();
    reader.now = 900;
    expect(clock.position).toBe(300);
    clock.play();
    reader.now = 1000;
    expect(clock.position).toBe(400);
  });

  test('cannot be scrubbed beyond its ends, and plays on from where it was scrubbed to', () => {
    const { clock, reader } = clockAt();
    clock.play();
    clock.seek(700);
    reader.now = 100;
    expect(clock.position).toBe(800);
    clock.seek(-5);
    expect(clock.position).toBe(0);
    clock.seek(5000);
    expect(clock.position).toBe(1000);
  });
});

describe('a running trace', () => {
  function running() {
    const { clock, reader } = clockAt();
    clock.start(() => reader.now);
    return { clock, reader };
  }

  test('is followed at its present', () => {
    const { clock, reader } = running();
    reader.now = 1234;
    expect([clock.position, clock.following, clock.moving]).toEqual([1234, true, true]);
  });

  test('stays where it was scrubbed to while the run goes on', () => {
    const { clock, reader } = running();
    reader.now = 1000;
    clock.seek(200);
    reader.now = 2000;
    expect([clock.position, clock.moving]).toEqual([200, false]);
  });

  test('is followed again once playing has caught up with it', () => {
    const { clock, reader } = running();
    reader.now = 1000;
    clock.pause();
    clock.play();
    clock.setSpeed(1);
    clock.settle();
    expect(clock.following).toBe(true);
  });

  test('is followed again when asked to', () => {
    const { clock, reader } = running();
    reader.now = 1000;
    clock.seek(10);
    clock.setFollow(true);
    reader.now = 1500;
    expect(clock.position).toBe(1500);
  });

  test('rests at its end once the run is over, and can be played again', () => {
    const { clock, reader } = running();
    reader.now = 1000;
    clock.stop(980);
    expect([clock.position, clock.moving, clock.follow]).toEqual([980, false, true]);
    clock.play();
    reader.now = 1100;
    expect(clock.position).toBe(100);
  });
});

import { expect, test } from 'vitest';
import type { Connection } from '../endpoint.ts';
import { createHalfDuplex } from './half-duplex.ts';
import { connect, startServer, until, watch } from '../../testing/client.ts';
import { createFakeTimers, type FakeTimers } from '../../testing/fake-timers.ts';
import { sharesWith, somebody } from '../../testing/shares.ts';

/** A station that records what it is told. */
class Station {
  readonly told: unknown[] = [];
  #receive: (data: string | Uint8Array) => void = () => undefined;
  readonly #close: (() => void)[] = [];

  readonly connection: Connection = {
    id: '',
    handshakeKey: '',
    holder: somebody,
    send: (data) => void this.told.push(JSON.parse(data as string)),
    close: (code, reason) => void this.told.push({ closed: code, reason }),
    onMessage: (listener) => (this.#receive = listener),
    onClose: (listener) => void this.#close.push(listener),
    guarded: (act) => act,
  };

  send(...messages: (object | string | Uint8Array)[]): void {
    for (const message of messages) {
      this.#receive(typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message));
    }
  }

  leave(): void {
    for (const listener of this.#close) listener();
  }

  /** Returns what it was told since the last call. */
  news(): unknown[] {
    return this.told.splice(0);
  }
}

/** Returns a channel with `stations` stations, on a fake clock. A word is on the air for 300 ms by default. */
function channel(
  query: string,
  stations: number,
): { timers: FakeTimers; stations: Station[]; endpoint: ReturnType<typeof createHalfDuplex> } {
  const timers = createFakeTimers();
  const endpoint = createHalfDuplex({
    timers,
    places: sharesWith('halfDuplexChannels', { maxRooms: 1 }),
    createStations: () => sharesWith('stations', { maxStations: 3 }),
    limit: 10_000,
  });
  const joined = Array.from({ length: stations }, () => new Station());
  for (const { connection } of joined) endpoint.accept({ channel: 'x' }, new URLSearchParams(query))(connection);
  return { timers, stations: joined, endpoint };
}

const request = { type: 'request' };
const word = (text: string): object => ({ type: 'word', text });

/** Returns three stations that have been told of their joining. */
function three(query = ''): { timers: FakeTimers; stations: [Station, Station, Station] } {
  const { timers, stations } = channel(query, 3);
  for (const station of stations) station.news();
  return { timers, stations: stations as [Station, Station, Station] };
}

test('a station is told its name, its air time and who holds the floor', () => {
  const { stations, timers, endpoint } = channel('air=200', 1);
  const [first] = stations as [Station];
  expect(first.news()).toEqual([{ type: 'joined', station: 'S1', air: 200, floor: null }]);
  first.send(request);
  const second = new Station();
  endpoint.accept({ channel: 'x' }, new URLSearchParams())(second.connection);
  expect(second.news()).toEqual([{ type: 'joined', station: 'S2', air: 300, floor: 'S1' }]);
  first.leave();
  second.leave();
  expect([endpoint.channelCount, timers.waiting]).toEqual([0, 0]);
});

test('a station gets the floor, speaks and gives it back, and the others hear each word when it is whole', () => {
  const { timers, stations } = three();
  const [a, b, c] = stations;
  a.send(request, word('one'), word('two'), { type: 'release' });
  expect(a.news()).toEqual([{ type: 'granted', limit: 10_000 }]);
  timers.pass(299);
  expect(b.news()).toEqual([{ type: 'floor', holder: 'S1' }]);
  timers.pass(1);
  expect(b.news()).toEqual([{ type: 'word', station: 'S1', text: 'one' }]);
  timers.pass(300);
  expect(a.news()).toEqual([
    { type: 'heard', text: 'one' },
    { type: 'heard', text: 'two' },
    { type: 'released', reason: 'released' },
    { type: 'floor', holder: null },
  ]);
  expect(b.news()).toEqual([
    { type: 'word', station: 'S1', text: 'two' },
    { type: 'floor', holder: null },
  ]);
  expect(c.news()).toHaveLength(4);
  expect(timers.waiting).toBe(0);
});

test('refuses the words of a station without the floor, and its request while another transmits unless it waits', () => {
  const { stations } = three();
  const [a, b, c] = stations;
  b.send(word('too early'));
  expect(b.news()).toEqual([
    { type: 'refused', reason: 'You do not hold the floor: request it before you speak.', text: 'too early', holder: null },
  ]);
  a.send(request, request);
  expect(a.news()).toEqual([
    { type: 'granted', limit: 10_000 },
    { type: 'refused', reason: 'You hold the floor already.', holder: 'S1' },
  ]);
  b.send(word('me too'), request, { type: 'release' });
  expect(b.news().slice(1)).toEqual([
    { type: 'refused', reason: 'You do not hold the floor: S1 holds it.', text: 'me too', holder: 'S1' },
    { type: 'refused', reason: 'S1 is still transmitting: ask again when the floor is free.', holder: 'S1' },
    { type: 'refused', reason: 'You neither hold the floor nor wait for it.', holder: 'S1' },
  ]);
  c.send({ type: 'request', wait: true });
  b.send({ type: 'request', wait: true });
  expect(c.news().at(-1)).toEqual({ type: 'waiting', ahead: 1, holder: 'S1' });
  expect(b.news()).toEqual([{ type: 'waiting', ahead: 2, holder: 'S1' }]);
  a.send({ type: 'release' });
  expect(c.news()).toEqual([{ type: 'granted', limit: 10_000 }]);
  c.leave();
  expect(b.news()).toEqual([
    { type: 'floor', holder: 'S3' },
    { type: 'granted', limit: 10_000 },
  ]);
});

test('a station that keeps the floor loses it after its time: it finishes the word on the air, not those behind it', () => {
  const { timers, stations } = three();
  const [a, b] = stations;
  a.send(request);
  b.send({ type: 'request', wait: true });
  timers.pass(9_900);
  a.send(word('last'), word('too late'));
  timers.pass(100);
  a.news();
  b.news();
  timers.pass(200);
  expect(a.news()).toEqual([
    { type: 'heard', text: 'last' },
    {
      type: 'refused',
      reason: 'Your time is over: you no longer hold the floor.',
      text: 'too late',
      holder: 'S1',
    },
    { type: 'released', reason: 'time-out' },
    { type: 'floor', holder: 'S2' },
  ]);
  expect(b.news()).toEqual([
    { type: 'word', station: 'S1', text: 'last' },
    { type: 'granted', limit: 10_000 },
  ]);
});

test('without a floor, words that overlap are all lost: both stations are told, and others hear noise', () => {
  const { timers, stations } = three('floor=0');
  const [a, b, c] = stations;
  a.send(word('from a'));
  timers.pass(299);
  b.send(word('from b'));
  timers.pass(299);
  expect(a.news()).toEqual([{ type: 'lost', text: 'from a', with: ['S2'] }]);
  timers.pass(1);
  expect(b.news()).toEqual([{ type: 'lost', text: 'from b', with: ['S1'] }]);
  expect(c.news()).toEqual([{ type: 'noise' }, { type: 'noise' }]);
  a.send(word('again'));
  timers.pass(300);
  b.send(word('and b'));
  timers.pass(300);
  expect(c.news()).toEqual([
    { type: 'word', station: 'S1', text: 'again' },
    { type: 'word', station: 'S2', text: 'and b' },
  ]);
  a.send(request);
  expect(a.news().at(-1)).toEqual({
    type: 'refused',
    reason: 'This channel has no floor to request: send a word when nobody else is speaking.',
  });
});

test('refuses with a sentence what is not a message of the channel', () => {
  const { stations } = channel('', 1);
  const [a] = stations as [Station];
  a.send(
    'hello',
    '['.repeat(2000) + ']'.repeat(2000),
    Uint8Array.of(1),
    'null',
    { type: 'word', text: 7 },
    { type: 'request', wait: 1 },
  );
  expect(a.news().slice(1)).toEqual(
    [
      'This channel takes JSON, such as {"type":"word","text":"hello"}; this message is not.',
      'This channel takes JSON, such as {"type":"word","text":"hello"}; this message is not.',
      'This channel takes text messages with JSON; this one is binary.',
      'The "type" must be "request", "release" or "word".',
      'The "text" of a word must be a string.',
      'The "wait" of a request must be true or false.',
    ].map((reason) => ({ type: 'refused', reason })),
  );
});

test('bounds waiting words, stations and channels, and refuses what is too much', () => {
  const { stations, endpoint } = channel('floor=0', 4);
  const [a, , , fourth] = stations as [Station, Station, Station, Station];
  expect(fourth.news()).toEqual([{ closed: 1013, reason: 'This channel has 3 stations already, the most it may have.' }]);
  a.send(...Array.from({ length: 18 }, () => word('x')));
  expect(a.news().slice(1)).toEqual([
    { type: 'refused', reason: '16 of your words are waiting for the air already.', text: 'x' },
  ]);
  const other = new Station();
  endpoint.accept({ channel: 'x' }, new URLSearchParams('floor=1'))(other.connection);
  expect(other.news()).toEqual([{ closed: 1013, reason: 'There are 1 such channels already, the most this server keeps.' }]);
});

test('two stations that key at once over real sockets lose both words, and the trace shows it', async () => {
  await using running = await startServer();
  const session = await watch(running.origin);
  const [a, b] = [
    await connect(`${session.base}.A1/half-duplex/x?floor=0&air=100`),
    await connect(`${session.base}.B1/half-duplex/x?floor=0&air=100`),
  ];
  a.socket.send(JSON.stringify(word('from a')));
  b.socket.send(JSON.stringify(word('from b')));
  await until(() => a.messages.all.length === 2 && b.messages.all.length === 2);
  expect(a.messages.all[1]).toBe('{"type":"lost","text":"from a","with":["S2"]}');
  expect(b.messages.all[1]).toBe('{"type":"lost","text":"from b","with":["S1"]}');
  const lost = await session.event('frame_received', { connection: 'B1', direction: 'server-to-client', frame: 1 });
  expect(lost.at).toBe('socket');
  await Promise.all([a.close(), b.close()]);
  await until(() => running.server.stats().connections === 1);
});

import { describe, expect, test } from 'vitest';
import { textFlight } from '../testing/flights-for-tests.ts';
import { preview, shortName } from './payload-preview.ts';

describe('the name of a frame with an object in JSON', () => {
  test.each([
    ['{"type":"word","text":"hello"}', 'word hello'],
    ['{"type":"ping","ts":12}', 'ping 12'],
    ['{"type":"released"}', 'released'],
    ['{"symbol":"ACME","price":101,"time":1700000000000}', 'ACME 101'],
    ['{"x":3,"y":4,"z":5}', 'x 3 y 4'],
    ['{"user":{"id":3},"text":"hi"}', 'hi'],
    ['{"list":[1,2]}', '{"list":[1,2]}'],
    ['{"half', '{"half'],
  ])('%s is %s', (text, name) => {
    expect(shortName(textFlight(0, { text }))).toBe(name);
  });
});

test('names a frame whose RSV1 no extension explains by what it carries, and a compressed frame by its size', () => {
  const flight = textFlight(0);
  const captured = { ...(flight.captured as NonNullable<typeof flight.captured>), rsv: 4 };
  expect(preview({ ...flight, captured })).toBe('Hello');
  expect(preview({ ...flight, captured, isCompressed: true })).toBe('compressed, 5 B');
});

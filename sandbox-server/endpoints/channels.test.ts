import { expect, test } from 'vitest';
import { channelsWith, somebody } from '../testing/shares.ts';

test('what is too old on a channel that nobody asks for again goes when somebody opens another', () => {
  let now = 0;
  const bounds = { channels: 10, messages: 10, age: 2000, bytes: Infinity, totalBytes: Infinity };
  const channels = channelsWith<string>(bounds, () => now);
  const forgotten = channels.open('forgotten', somebody);
  forgotten.publish('old', 3);
  now = 1000;
  forgotten.publish('less old', 8);
  expect(channels.bytes).toBe(11);
  now = 2001;
  channels.open('another', somebody);
  expect(forgotten.history.oldest).toBe(1000);
  now = 3001;
  channels.open('another', somebody);
  expect(forgotten.history.oldest).toBe(Infinity);
  expect(channels.bytes).toBe(0);
  expect(forgotten.last).toBe(2);
});

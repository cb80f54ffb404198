import { expect, test } from 'vitest';
import { clientNameOf, isRawClient } from './client-name.ts';

test('a connection’s client is its name without the number', () => {
  expect(['A1', 'B12', 'rawA3', 'server1'].map(clientNameOf)).toEqual(['A', 'B', 'rawA', 'server']);
});

test('the second connections of /raw are told from the clients’ own, on either network', () => {
  expect(['A1', 'F2', 'rawA3', 'server1'].map(clientNameOf).map(isRawClient)).toEqual([false, false, true, true]);
});

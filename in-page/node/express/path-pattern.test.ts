import { expect, test } from 'vitest';
import { pathMatcher, type Pattern } from './path-pattern.ts';

const whole = { isWhole: true, isCaseSensitive: false, isStrict: false };
const params = (pattern: Pattern, path: string) => pathMatcher(pattern, whole)(path)?.params;

test('a parameter takes one segment, decoded', () => {
  expect(params('/rooms/:room', '/rooms/a%20b')).toEqual({ room: 'a b' });
  expect(params('/rooms/:room', '/rooms/a/b')).toBeUndefined();
  expect(params('/:from-:to.:type', '/1-2.json')).toEqual({ from: '1', to: '2', type: 'json' });
});

test('a wildcard takes the rest: with a name as a list, as in Express 5, without one as text, as in Express 4', () => {
  expect(params('/files/*path', '/files/a/b%2Fc')).toEqual({ path: ['a', 'b/c'] });
  expect(params('/files/*path', '/files/')).toBeUndefined();
  expect(params('*', '/any/where')).toEqual({ 0: '/any/where' });
  expect(params('/files/*', '/files/')).toEqual({ 0: '' });
});

test('braces hold what may be left out', () => {
  expect(params('/list{/:page}', '/list')).toEqual({});
  expect(params('/list{/:page}', '/list/2')).toEqual({ page: '2' });
});

test('case and a slash at the end matter only where asked for', () => {
  expect(params('/Chat', '/chat/')).toEqual({});
  expect(pathMatcher('/Chat', { ...whole, isCaseSensitive: true })('/chat')).toBeUndefined();
  expect(pathMatcher('/chat', { ...whole, isStrict: true })('/chat/')).toBeUndefined();
});

test('dots and other signs stand for themselves, and an expression for itself', () => {
  expect(params('/a.b', '/axb')).toBeUndefined();
  expect(params(/^\/(\d+)\/(?<name>\w+)$/, '/12/ada')).toEqual({ 0: '12', 1: 'ada', name: 'ada' });
  expect(params(['/a', '/b'], '/b')).toEqual({});
});

test('a pattern for the beginning of a path ends at a segment', () => {
  const match = pathMatcher('/api', { ...whole, isWhole: false });
  expect(match('/api/users')?.path).toBe('/api');
  expect(match('/apis')).toBeUndefined();
});

test('what Express 5 does not take any more is refused in its words, and what cannot be decoded with the status 400', () => {
  expect(() => pathMatcher('/:id?', whole)).toThrow('Unexpected ? at index 4: /:id?; visit https://git.new/pathToRegexpError');
  expect(() => pathMatcher('/(a|b)', whole)).toThrow('Unexpected ( at index 1');
  expect(() => pathMatcher('/:', whole)).toThrow('Missing parameter name at index 2: /:');
  expect(() => params('/:id', '/%zz')).toThrow(expect.objectContaining({ status: 400 }));
});

import { expect, test } from 'vitest';
import { fireLoadEvents } from './load-events.ts';

interface Page extends EventTarget {
  onload?: unknown;
}

/** Returns a Worker's global object for a program, what its listeners heard, and a function that runs what waits. */
function page(code: string) {
  const waiting: (() => void)[] = [];
  const heard: string[] = [];
  const scope = Object.assign(new EventTarget(), { Event, setTimeout: (callback: () => void) => waiting.push(callback) });
  fireLoadEvents(scope, code);
  const hear = ({ type }: Event): void => void heard.push(type);
  return { scope: scope as Page, heard, hear, run: () => waiting.splice(0).forEach((callback) => callback()) };
}

test('a program that begins when the page has loaded begins', () => {
  const { scope, heard, hear, run } = page("window.onload = start; addEventListener('load', start)");
  scope.onload = hear;
  scope.addEventListener('load', hear);
  expect(heard).toEqual([]);
  run();
  expect(heard).toEqual(['load', 'load']);
});

test('each event comes once and in the order of a page, whatever the program asks for first', () => {
  const { scope, heard, hear, run } = page("addEventListener('load', a); addEventListener('DOMContentLoaded', b)");
  scope.addEventListener('load', hear);
  scope.addEventListener('DOMContentLoaded', hear);
  run();
  scope.addEventListener('load', hear);
  run();
  expect(heard).toEqual(['DOMContentLoaded', 'load']);
});

test('the latest handler is the one that is called', () => {
  const { scope, heard, hear, run } = page('window.onload = a; window.onload = b;');
  scope.onload = () => heard.push('early');
  scope.onload = hear;
  run();
  expect(heard).toEqual(['load']);
  expect(scope.onload).toBe(hear);
  scope.onload = 'no function';
  expect(scope.onload).toBeNull();
});

test('nothing changes for a program that asks for neither', () => {
  const { scope } = page("request.onload = f; socket.addEventListener('open', g)");
  expect(Object.keys(Object.getOwnPropertyDescriptors(scope))).toEqual(['Event', 'setTimeout']);
});

import { describe, expect, test } from 'vitest';
import { idleWorld, thrownBy } from '../testing/node-programs.ts';

const files = { 'data.json': '{"rooms":["lobby"]}', 'other.js': '', 'bad.json': '{' };

describe('require', () => {
  test('gives every module that has a name, the same object each time, Node’s own with node: too', async () => {
    const { require, modules } = await idleWorld(files);
    for (const name of modules.names) {
      expect(require(name), name).toBe(modules.get(name));
      expect(modules.has(name), name).toBe(true);
    }
    expect(require('node:fs')).toBe(require('fs'));
    expect([modules.has('node:ws'), modules.has('node:events'), modules.has('constructor')]).toEqual([false, true, false]);
    expect(thrownBy(() => require('node:ws')).code).toBe('MODULE_NOT_FOUND');
  });

  test('has the modules that servers are written with', async () => {
    const wanted = 'ws http events buffer url path crypto util timers timers/promises os process assert fs perf_hooks express';
    const { modules } = await idleWorld(files);
    expect(wanted.split(' ').filter((name) => !modules.has(name))).toEqual([]);
  });

  test('says of a module that is not there what it is and what to use, with Node’s code', async () => {
    const { require } = await idleWorld(files);
    const cases = [
      [
        'https',
        /^Cannot find module 'https': the page does not have it\. It is for encrypted connections.* Use http and ws:\/\/ here\. There are assert, /,
      ],
      ['node:child_process', /^Cannot find module 'node:child_process': .* It is for several processes or threads/],
      ['socket.io', /It is a protocol of its own above WebSocket\. Use ws: send\(/],
      ['redis', /Keep what you need in a variable, such as a Map\./],
      ['left-pad', /Of npm it has a few packages alone\. Write what you need of it into the program\./],
      ['toString', /Of npm/],
    ] as const;
    for (const [name, words] of cases) {
      const { code, message } = thrownBy(() => require(name));
      expect([code, message]).toEqual(['MODULE_NOT_FOUND', expect.stringMatching(words)]);
    }
  });

  test('reads JSON beside the program once, by a path with or without its ending', async () => {
    const { require } = await idleWorld(files);
    const data = require('./data.json') as { rooms: string[] };
    data.rooms.push('kitchen');
    expect(require('./data')).toEqual({ rooms: ['lobby', 'kitchen'] });
    expect(require.resolve('./data')).toBe('/app/data.json');
    expect(require.resolve('ws')).toBe('ws');
  });

  test('says why it cannot give a file, and names the one with a mistake', async () => {
    const { require } = await idleWorld(files);
    expect(thrownBy(() => require('./none.json'))).toMatchObject({
      code: 'MODULE_NOT_FOUND',
      message: "Cannot find module './none.json'. There is no such file beside the program.",
    });
    expect(thrownBy(() => require('./other')).message).toMatch(/A program is one file here/);
    expect(thrownBy(() => require('./bad.json'))).toMatchObject({ message: expect.stringMatching(/^\/app\/bad\.json: /) });
    expect(thrownBy(() => require(7 as never)).code).toBe('ERR_INVALID_ARG_VALUE');
  });
});

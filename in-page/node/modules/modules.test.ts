import * as realAssert from 'node:assert';
import * as realQuerystring from 'node:querystring';
import { StringDecoder as RealDecoder } from 'node:string_decoder';
import * as realUrl from 'node:url';
import { describe, expect, test } from 'vitest';
import { Buffer } from '../buffer.ts';
import { inspect } from '../util/inspect.ts';
import { runNode, worldOf, type NodeWorld } from '../testing/node-programs.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';
import { assertModule } from './assert-module.ts';
import { StringDecoder } from './string-decoder.ts';

const files = {
  'data.json': '{"rooms":["lobby"]}',
  'public/a.txt': 'grüße',
  'public/b.txt': '',
  'other.js': '',
  'bad.json': '{',
};

/** Returns what a program has that does nothing by itself. */
async function world(): Promise<NodeWorld> {
  let made: NodeWorld | undefined;
  await runPrograms({ server: (surroundings) => void (made = worldOf(surroundings, { files })) });
  if (!made) throw new Error('The program did not start.');
  return made;
}

interface Coded {
  code?: string;
  message: string;
}
function thrownBy(act: () => unknown): Coded {
  try {
    act();
  } catch (error) {
    return error as Coded;
  }
  throw new Error('Nothing was thrown.');
}

describe('require', () => {
  test('gives every module that has a name, the same object each time, Node’s own with node: too', async () => {
    const { require, modules } = await world();
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
    const { modules } = await world();
    expect(wanted.split(' ').filter((name) => !modules.has(name))).toEqual([]);
  });

  test('says of a module that is not there what it is and what to use, with Node’s code', async () => {
    const { require } = await world();
    const cases = [
      [
        'https',
        /^Cannot find module 'https'. It is for encrypted connections.* Use http and ws:\/\/ here\. The page has assert, /,
      ],
      ['node:child_process', /^Cannot find module 'node:child_process'. It is for several processes or threads/],
      ['socket.io', /It is a protocol of its own above WebSocket; the page does not have it. Use ws: send\(/],
      ['redis', /Keep what you need in a variable, such as a Map\./],
      ['left-pad', /It is not known here; the page does not have it. Write what you need of it into the program\./],
      ['toString', /It is not known here/],
    ] as const;
    for (const [name, words] of cases) {
      const { code, message } = thrownBy(() => require(name));
      expect([code, message]).toEqual(['MODULE_NOT_FOUND', expect.stringMatching(words)]);
    }
  });

  test('reads JSON beside the program once, by a path with or without its ending', async () => {
    const { require } = await world();
    const data = require('./data.json') as { rooms: string[] };
    data.rooms.push('kitchen');
    expect(require('./data')).toEqual({ rooms: ['lobby', 'kitchen'] });
    expect(require.resolve('./data')).toBe('/app/data.json');
    expect(require.resolve('ws')).toBe('ws');
  });

  test('says why it cannot give a file, and names the one with a mistake', async () => {
    const { require } = await world();
    expect(thrownBy(() => require('./none.json'))).toMatchObject({
      code: 'MODULE_NOT_FOUND',
      message: "Cannot find module './none.json'. There is no such file beside the program.",
    });
    expect(thrownBy(() => require('./other')).message).toMatch(/A program is one file here/);
    expect(thrownBy(() => require('./bad.json'))).toMatchObject({ message: expect.stringMatching(/^\/app\/bad\.json: /) });
    expect(thrownBy(() => require(7 as never)).code).toBe('ERR_INVALID_ARG_VALUE');
  });
});

describe('fs', () => {
  interface Fs {
    readFileSync: (path: unknown, encoding?: unknown) => unknown;
    readFile: (path: unknown, ...rest: unknown[]) => void;
    existsSync: (path: unknown) => boolean;
    readdirSync: (path: string) => string[];
    statSync: (path: string) => { size: number; isFile: () => boolean; isDirectory: () => boolean };
    promises: { readFile: (path: unknown, encoding?: unknown) => Promise<unknown> };
    writeFileSync: () => void;
  }
  const fsOf = async (): Promise<Fs> => (await world()).require('fs') as Fs;

  test('reads the reader’s files by paths and addresses, as bytes or text', async () => {
    const { readFileSync, existsSync, readdirSync, statSync, promises } = await fsOf();
    expect(readFileSync('public/a.txt', 'utf8')).toBe('grüße');
    expect(readFileSync('/app/public/a.txt', { encoding: 'utf8' })).toBe('grüße');
    expect(readFileSync(new URL('file:///app/public/a.txt'))).toEqual(Buffer.from('grüße'));
    expect(['./public/a.txt', 'public', '/app', 'none', 7].map(existsSync)).toEqual([true, true, true, false, false]);
    expect([readdirSync('public'), readdirSync('/app')]).toEqual([
      ['a.txt', 'b.txt'],
      ['bad.json', 'data.json', 'other.js', 'public'],
    ]);
    expect([statSync('public/a.txt').size, statSync('public').isDirectory()]).toEqual([7, true]);
    expect(await promises.readFile('data.json', 'utf8')).toBe(files['data.json']);
  });

  test('tells of a file that is not there as Node does', async () => {
    const { readFileSync, readFile, promises } = await fsOf();
    const error = {
      code: 'ENOENT',
      errno: -2,
      syscall: 'open',
      path: 'none',
      message: "ENOENT: no such file or directory, open 'none'",
    };
    expect(thrownBy(() => readFileSync('none'))).toMatchObject(error);
    expect(thrownBy(() => readFileSync('public'))).toMatchObject({ code: 'EISDIR' });
    await expect(promises.readFile('none')).rejects.toMatchObject(error);
    const heard = await new Promise((resolve) => readFile('none', 'utf8', (...values: unknown[]) => resolve(values)));
    expect(heard).toEqual([expect.objectContaining(error)]);
    expect(await new Promise((resolve) => readFile('data.json', 'utf8', (_: unknown, text: unknown) => resolve(text)))).toBe(
      files['data.json'],
    );
  });

  test('writes nothing, and says so', async () => {
    const { writeFileSync } = await fsOf();
    expect(() => writeFileSync()).toThrow('fs.writeFileSync is not there in the page: a run writes no files');
  });
});

test('url parses as Node’s of old, fields of the query included, and turns paths into addresses and back', async () => {
  const url = (await world()).require('url') as typeof realUrl;
  for (const address of [
    '/chat?room=a&x=1&x=2',
    'ws://user@host:8080/p/a?q#h',
    '/',
    '?token=a%20b',
    'ws://a',
    'wss://a:1?x',
    'http://a/b',
  ]) {
    expect({ ...url.parse(address, true) }).toEqual({ ...realUrl.parse(address, true) });
    expect(url.parse(address).query).toBe(realUrl.parse(address).query);
  }
  expect(url.format({ protocol: 'ws', host: 'a:1', pathname: '/b' })).toBe('ws://a:1/b');
  expect(url.format(url.parse('wss://a/b?c#d'))).toBe('wss://a/b?c#d');
  expect(url.format(new URL('ws://a/b'))).toBe('ws://a/b');
  for (const [from, to] of [
    ['/a/b', '../c'],
    ['ws://a:1/b/c', 'd'],
    ['ws://a/b', '/c?d'],
    ['http://a/', '//b/c'],
  ] as const) {
    expect(url.resolve(from, to)).toBe(realUrl.resolve(from, to));
  }
  expect(url.fileURLToPath(url.pathToFileURL('a b/#c'))).toBe('/app/a b/#c');
  expect(thrownBy(() => url.fileURLToPath('http://a/')).code).toBe('ERR_INVALID_URL_SCHEME');
});

test('querystring reads and writes fields as Node’s', async () => {
  const querystring = (await world()).require('querystring') as typeof realQuerystring;
  for (const text of ['a=1&b=x+y&a=2', '', '?a=1', 'a&b=', '=1']) {
    expect({ ...querystring.parse(text) }).toEqual({ ...realQuerystring.parse(text) });
  }
  const fields = { a: [1, 2], b: 'x y', c: null, d: true };
  expect(querystring.stringify(fields as never)).toBe(realQuerystring.stringify(fields as never));
});

test('string_decoder keeps what is not a whole character yet, in every encoding', () => {
  const bytes = Buffer.from('grüße 🙂 aus der Küche');
  for (const encoding of ['utf8', 'utf16le', 'base64', 'hex', 'latin1'] as const) {
    const [ours, real] = [new StringDecoder(encoding), new RealDecoder(encoding)];
    const texts = (decoder: { write: (bytes: never) => string; end: () => string }): string =>
      [...bytes].map((_, i) => decoder.write(globalThis.Buffer.from(bytes.subarray(i, i + 1)) as never)).join('') + decoder.end();
    expect(texts(ours)).toBe(texts(real));
  }
  expect(new StringDecoder().end(Uint8Array.of(0xe2, 0x82))).toBe('\ufffd');
});

describe('assert', () => {
  type Assert = Record<
    'equal' | 'notEqual' | 'strictEqual' | 'deepEqual' | 'deepStrictEqual' | 'notDeepStrictEqual',
    (a: unknown, b: unknown) => void
  >;
  const holds = (act: () => void): boolean => {
    try {
      act();
      return true;
    } catch {
      return false;
    }
  };

  test('holds for the same values as Node’s', () => {
    const names = ['equal', 'notEqual', 'strictEqual', 'deepEqual', 'deepStrictEqual', 'notDeepStrictEqual'] as const;
    const pairs = [
      [1, 1],
      [1, '1'],
      [NaN, NaN],
      [0, -0],
      [null, undefined],
      [{ a: 1 }, { a: 1 }],
      [{ a: 1 }, { a: '1' }],
      [[1], [2]],
    ];
    for (const name of names) {
      for (const [a, b] of pairs) {
        const [ours, real] = [assertModule as Assert, realAssert as unknown as Assert].map((assert) =>
          holds(() => assert[name](a, b)),
        );
        expect(ours, `${name} ${inspect([a, b])}`).toBe(real);
      }
    }
  });

  test('tells what it compared, and throws the message it was given', () => {
    const error = thrownBy(() => assertModule.strictEqual(1, 2)) as object;
    expect(error).toMatchObject({
      name: 'AssertionError',
      code: 'ERR_ASSERTION',
      actual: 1,
      expected: 2,
      operator: 'strictEqual',
    });
    expect(() => assertModule(0, 'nothing came')).toThrow('nothing came');
    expect(() => assertModule.ok(true)).not.toThrow();
    expect(() => assertModule.strict.equal(1, '1')).toThrow();
  });

  test('throws and rejects know an error by its class, text, properties or a function', async () => {
    const boom = (): never => {
      throw Object.assign(new TypeError('boom'), { code: 'E' });
    };
    for (const expected of [undefined, TypeError, Error, /boom/, { code: 'E' }, { message: /^b/ }, () => true]) {
      expect(() => assertModule.throws(boom, expected)).not.toThrow();
    }
    for (const expected of [RangeError, /other/, { code: 'F' }, () => false]) {
      expect(() => assertModule.throws(boom, expected)).toThrow('boom');
    }
    expect(() => assertModule.throws(() => undefined)).toThrow('Missing expected exception.');
    await assertModule.rejects(async () => boom(), TypeError);
    await expect(assertModule.rejects(Promise.resolve(1))).rejects.toThrow('Missing expected rejection.');
  });
});

test('uuid and dotenv are there for servers that ask for them, and uuids come from the run’s seed', async () => {
  interface Uuid {
    v4: () => string;
    validate: (text: unknown) => boolean;
  }
  const [one, other] = [(await world()).require('uuid') as Uuid, (await world()).require('uuid') as Uuid];
  const id = one.v4();
  expect([one.validate(id), one.validate('x'), other.v4() === id, one.v4() === id]).toEqual([true, false, true, false]);
  expect(((await world()).require('dotenv') as { config: () => unknown }).config()).toEqual({ parsed: {} });
});

test('events has `on` and the class by its name, and is what the servers of ws and http are made of', async () => {
  const { errors } = await runNode({
    server: ({ require }) => {
      const EventEmitter = require('events') as (new () => object) & Record<string, unknown>;
      expect([EventEmitter['EventEmitter'] === EventEmitter, typeof EventEmitter['on'], typeof EventEmitter['once']]).toEqual([
        true,
        'function',
        'function',
      ]);
      const { createServer } = require('http') as { createServer: () => object };
      expect(createServer()).toBeInstanceOf(EventEmitter);
    },
  });
  expect(errors).toEqual([]);
});

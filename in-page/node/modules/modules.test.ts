import { StringDecoder as RealDecoder } from 'node:string_decoder';
import { expect, test } from 'vitest';
import { Buffer } from '../buffer.ts';
import { idleWorld, runNode } from '../testing/node-programs.ts';
import { moduleNames } from './module-names.ts';
import { StringDecoder } from './string-decoder.ts';

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

test('uuid and dotenv are there for servers that ask for them, and uuids come from the run’s seed', async () => {
  interface Uuid {
    v4: () => string;
    validate: (text: unknown) => boolean;
  }
  const [one, other] = [(await idleWorld()).require('uuid') as Uuid, (await idleWorld()).require('uuid') as Uuid];
  const id = one.v4();
  expect([one.validate(id), one.validate('x'), other.v4() === id, one.v4() === id]).toEqual([true, false, true, false]);
  expect(((await idleWorld()).require('dotenv') as { config: () => unknown }).config()).toEqual({ parsed: {} });
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

test('the reference page names the modules that there are, and no other', async () => {
  const { modules } = await idleWorld();
  expect(modules.names).toEqual(moduleNames);
});

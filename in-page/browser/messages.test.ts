import { describe, expect, test } from 'vitest';
import { type FrameFields, Opcode } from '../../protocol/wire/frame.ts';
import { fromHex } from '../../protocol/trace/trace.ts';
import { type Client, converse, listen } from './testing/by-hand.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const utf8 = (text: string) => new TextEncoder().encode(text);

/** Returns a program that opens a connection and does something with it once it is open. */
const onceOpen =
  (act: (ws: WebSocket, client: Client) => void) =>
  (client: Client): void => {
    const ws = listen(new client.WebSocket('/'), client.log);
    ws.binaryType = 'arraybuffer';
    ws.addEventListener('open', () => act(ws, client));
  };

describe('send', () => {
  test('masks each frame with a key of the run’s chance, and converts what it is given', async () => {
    const { frames, events } = await converse(
      onceOpen((ws) => {
        const shared = bytes(1, 2, 3, 4);
        ws.send('Grüße \ud800');
        ws.send(shared.subarray(1, 3));
        ws.send(new DataView(shared.buffer, 3));
        ws.send(shared.buffer);
        shared.fill(9);
        ws.send(new Blob([bytes(7), 'x']));
        ws.send(5 as unknown as string);
        ws.send('');
        ws.close(1000);
      }),
    );
    expect(frames.map(({ opcode, payload }) => [opcode, Buffer.from(payload).toString('latin1')])).toEqual([
      [Opcode.text, Buffer.from('Grüße \ufffd').toString('latin1')],
      [Opcode.binary, '\x02\x03'],
      [Opcode.binary, '\x04'],
      [Opcode.binary, '\x01\x02\x03\x04'],
      [Opcode.binary, '\x07x'],
      [Opcode.text, '5'],
      [Opcode.text, ''],
      [Opcode.close, '\x03\xe8'],
    ]);
    const keys = frames.map(({ maskingKey }) => [...(maskingKey ?? [])]);
    expect(keys).toEqual(frames.map((_, i) => [0, 1, 2, 3].map((j) => 16 + 4 * i + j)));
    const sent = events.flatMap((event) => (event.name === 'message_sent' ? [[event.message, event.kind, event.length]] : []));
    expect(sent.slice(0, 5)).toEqual([
      [0, 'text', 11],
      [1, 'binary', 2],
      [2, 'binary', 1],
      [3, 'binary', 4],
      [4, 'binary', 2],
    ]);
  });

  test('keeps its order while Blobs are read, and close waits for them', async () => {
    const { log, frames } = await converse(
      onceOpen((ws, { log }) => {
        for (const size of [100_000, 1, 10]) ws.send(new Blob([new Uint8Array(size)]));
        ws.send('after');
        log.push(String(ws.bufferedAmount));
        ws.close(1000);
        ws.send('late');
      }),
    );
    expect(frames.map(({ opcode, length }) => [opcode, length])).toEqual([
      [Opcode.binary, 100_000],
      [Opcode.binary, 1],
      [Opcode.binary, 10],
      [Opcode.text, 5],
      [Opcode.close, 2],
    ]);
    expect(log).toEqual(['open 1', '100016', 'close 3 1000 - true']);
  });

  test('a Blob that cannot be read fails the connection', async () => {
    const { log } = await converse(
      onceOpen((ws) => {
        const gone = new Blob(['x']);
        gone.arrayBuffer = () => Promise.reject(new DOMException('It is gone.', 'NotReadableError'));
        ws.send(gone);
        ws.send('behind it');
      }),
    );
    expect(log).toEqual(['open 1', 'error 3', 'close 3 1006 - false']);
  });

  test('bufferedAmount counts what was sent in this task, and for ever what was sent too late', async () => {
    const { log, events } = await converse(
      onceOpen((ws, { log, clock }) => {
        const note = () => log.push(String(ws.bufferedAmount));
        ws.send('é');
        ws.send(bytes(1, 2, 3));
        note();
        queueMicrotask(note);
        clock.set(note, 0, false);
        clock.set(() => (ws.send('last'), ws.close(), ws.send('late')), 1, false);
        clock.set(note, 2, false);
        ws.addEventListener('close', () => (ws.send('é'), note()));
      }),
    );
    expect(log).toEqual(['open 1', '5', '5', '0', 'close 3 1005 - true', '6', '6']);
    // The live network looks at the buffer 10 ms after a message, and tells of what is in it.
    expect(events.filter(({ name }) => name === 'buffer_read')).toMatchObject([{ time: 10, amount: 6 }]);
  });
});

/** Runs a program against a server that writes these frames, then closes. */
const receive = (frames: FrameFields[], program = onceOpen(() => undefined)) =>
  converse(program, {
    onOpen: (end) => {
      for (const fields of frames) end.frame(fields);
      end.close(4000, 'done');
    },
    onFrame: ({ opcode }, { socket }) => void (opcode === Opcode.close && socket.end()),
  });

describe('message', () => {
  const text = (payload: string | Uint8Array, fin = true): FrameFields => ({
    opcode: Opcode.text,
    payload: typeof payload === 'string' ? utf8(payload) : payload,
    fin,
  });
  const more = (payload: Uint8Array, fin: boolean): FrameFields => ({ opcode: Opcode.continuation, payload, fin });

  test('joins fragments, even where a character is cut, answers Pings among them, and ignores Pongs', async () => {
    const { log, frames } = await receive([
      text('\ufeffone'),
      text(bytes(0xf0, 0x9f), false),
      { opcode: Opcode.ping, payload: utf8('are you there') },
      more(bytes(0x98), false),
      { opcode: Opcode.pong, payload: utf8('unasked') },
      more(bytes(0x80, 0x21), true),
      text('', false),
      more(bytes(), true),
    ]);
    expect(log).toEqual(['open 1', 'message 1 \ufeffone', 'message 1 😀!', 'message 1 ', 'close 3 4000 done true']);
    expect(frames.map(({ opcode, payload }) => [opcode, new TextDecoder().decode(payload)])).toEqual([
      [Opcode.pong, 'are you there'],
      [Opcode.close, `${new TextDecoder().decode(bytes(4000 >> 8, 4000 & 255))}done`],
    ]);
  });

  test('gives binary data as a Blob or an ArrayBuffer, as binaryType says when it comes, with the server’s origin', async () => {
    const got: unknown[] = [];
    const origins: string[] = [];
    const binary = { opcode: Opcode.binary, payload: bytes(1, 2, 3) };
    await receive([binary, binary, text('text')], ({ WebSocket }) => {
      const ws = new WebSocket('/');
      ws.onmessage = (event) => {
        expect(event).toBeInstanceOf(MessageEvent);
        got.push(event.data);
        origins.push(event.origin);
        ws.binaryType = 'arraybuffer';
      };
    });
    const [blob, buffer, string] = got;
    expect(blob).toBeInstanceOf(Blob);
    expect(new Uint8Array(await (blob as Blob).arrayBuffer())).toEqual(bytes(1, 2, 3));
    expect(buffer).toBeInstanceOf(ArrayBuffer);
    expect(new Uint8Array(buffer as ArrayBuffer)).toEqual(bytes(1, 2, 3));
    expect(string).toBe('text');
    expect(origins).toEqual(Array(3).fill('ws://localhost:8080'));
  });

  test('comes in a task of its own, even where the server writes many frames at once', async () => {
    const { log } = await receive([text('1'), text('2')], ({ WebSocket, log }) => {
      const ws = listen(new WebSocket('/'), log);
      ws.addEventListener('open', () => queueMicrotask(() => log.push('after open')));
      ws.addEventListener('message', ({ data }) => void setImmediate(() => log.push(`after ${data}`)));
    });
    expect(log).toEqual(['open 1', 'after open', 'message 1 1', 'after 1', 'message 1 2', 'after 2', 'close 3 4000 done true']);
  });

  test('is not dispatched once the program has called close', async () => {
    const { log } = await receive(
      [text('1'), text('2')],
      onceOpen((ws) => ws.addEventListener('message', () => ws.close(1000))),
    );
    expect(log).toEqual(['open 1', 'message 1 1', 'close 3 4000 done true']);
  });

  const failures: [why: string, frames: FrameFields[], code: number][] = [
    ['a reserved bit', [{ ...text('x'), rsv1: true }], 1002],
    ['an unknown opcode', [{ opcode: 3 }], 1002],
    ['a masked frame', [{ ...text('x'), maskingKey: bytes(1, 2, 3, 4) }], 1002],
    ['a control frame that is too long', [{ opcode: Opcode.ping, payload: new Uint8Array(126) }], 1002],
    ['a control frame in fragments', [{ opcode: Opcode.ping, fin: false }], 1002],
    ['a continuation of nothing', [more(utf8('x'), true)], 1002],
    ['a message within a message', [text('x', false), text('y')], 1002],
    ['a Close with one byte', [{ opcode: Opcode.close, payload: bytes(3) }], 1002],
    ['a Close with 1005', [{ opcode: Opcode.close, payload: bytes(3, 0xed) }], 1002],
    ['a Close whose reason is not UTF-8', [{ opcode: Opcode.close, payload: bytes(3, 0xe8, 0xff) }], 1007],
    ['text that is not UTF-8', [text(bytes(0xff))], 1007],
    ['text that is not UTF-8 in its second fragment', [text(bytes(0xf0), false), more(bytes(0x28), false)], 1007],
    ['text that ends inside a character', [text(bytes(0xf0, 0x9f))], 1007],
  ];
  test.for(failures)('%s fails the connection', async ([, broken, code]) => {
    const { log, frames, events } = await receive([text('before'), ...broken, text('after')]);
    expect(log).toEqual(['open 1', 'message 1 before', 'error 3', 'close 3 1006 - false']);
    expect(frames.map(({ opcode, payload }) => [opcode, ...payload])).toEqual([[Opcode.close, code >> 8, code & 255]]);
    expect(events.filter(({ at, name }) => at === 'client' && name === 'connection_closed')).toMatchObject([
      { code: 1006, reason: '', wasClean: false },
    ]);
  });

  test('a fast server’s frames are the bytes that the trace has', async () => {
    const { events } = await receive([text('x')]);
    const sent = events.find((event) => event.name === 'frame_sent' && event.direction === 'server-to-client');
    expect(sent && 'bytes' in sent && [...fromHex(sent.bytes as string)]).toEqual([0x81, 1, 0x78]);
  });
});

test('the same program gives the same trace to the last byte, Blobs and lost frames included', async () => {
  const run = async () => {
    const program = onceOpen((ws) => {
      for (const part of ['a', 'b']) ws.send(new Blob([part]));
      ws.send('c');
      ws.close(1000);
    });
    return JSON.stringify((await converse(program, {}, { latency: 20, jitter: 30, loss: 20 })).events);
  };
  expect(await run()).toBe(await run());
});

import { expect, test } from 'vitest';
import { encodeFrame, FrameParser, Opcode } from '../../protocol/wire/frame.ts';
import { fromHex, toHex } from '../../protocol/trace/trace.ts';
import { startWatchedServer } from '../abuse/base-line.ts';
import { type Client, connect, refusedUpgrade, startServer, until, watch } from '../testing/client.ts';

/** A masked "Hello" (RFC 6455 §5.7). */
const hello = '818537fa213d7f9f4d5158';

/** Sends the bytes over `/raw` and ends. Returns the server's frames in hexadecimal and the reason of the close. */
async function answerTo(origin: string, ...pieces: string[]): Promise<{ answer: string; reason: string }> {
  const client = await connect(`${origin}/raw`);
  for (const piece of pieces) client.socket.send(fromHex(piece));
  client.socket.send('end');
  const { reason } = await client.closed;
  return { answer: client.messages.all.join(''), reason };
}

/** Returns the code and the reason of the Close frame that the bytes end with. */
function closeIn(answer: string): [code: number, reason: string] {
  const { payload, opcode } = new FrameParser().push(fromHex(answer)).at(-1) ?? {};
  if (opcode !== Opcode.close || !payload) throw new Error(`No Close frame in ${answer}`);
  return [new DataView(payload.slice().buffer).getUint16(0), new TextDecoder().decode(payload.subarray(2))];
}

test('/raw writes bytes onto a second connection as they are, however they are cut, and sends back what came', async () => {
  await using running = await startServer();
  const echoed = { answer: '810548656c6c6f', reason: 'The server ended the second connection without a Close frame.' };
  expect(await answerTo(running.origin, hello)).toEqual(echoed);
  expect(await answerTo(running.origin, ...(hello.match(/../g) as string[]))).toEqual(echoed);
  expect((await answerTo(running.origin, hello + hello)).answer).toBe('810548656c6c6f'.repeat(2));
});

test.each([
  ['RSV1 set', 'c18537fa213d7f9f4d5158', 1002],
  ['no mask', '810548656c6c6f', 1002],
  ['a reserved opcode', '838537fa213d7f9f4d5158', 1002],
  ['a fragmented ping', '0985' + hello.slice(4), 1002],
  ['text that is not UTF-8', `8181${'00000000'}ff`, 1007],
  ['a character cut at the end of the message', `8181${'00000000'}c3`, 1007],
])('a frame with %s gets the Close frame that any client gets, with a sentence', async (_, bytes, code) => {
  await using running = await startServer();
  for (const base of [running.origin, (await watch(running.origin)).base]) {
    const { answer, reason } = await answerTo(base, bytes);
    expect(closeIn(answer)).toEqual([code, code === 1002 ? 'A frame broke a rule of RFC 6455.' : expect.stringMatching(/UTF-8/)]);
    expect(reason).toBe(`The server closed the second connection with ${code}.`);
  }
});

test('reports what is wrong with a long message even if the end comes right after it', async () => {
  await using running = await startServer();
  const text = 'ff' + '61'.repeat(59_999);
  const frame = `81feea60${'00000000'}${text}`;
  const { answer } = await answerTo(running.origin, frame.slice(0, 64_000), frame.slice(64_000));
  expect(closeIn(answer)[0]).toBe(1007);
});

test('a length breaks a rule if its form is not the shortest or the first of its 64 bits is set', async () => {
  await using running = await startServer();
  for (const bytes of ['81fe0005', '81ff000000000000ffff', '81ff8000000000000005', '81ffffffffffffffffff']) {
    for (const pieces of [[bytes], bytes.match(/../g) as string[]]) {
      expect(closeIn((await answerTo(running.origin, ...pieces)).answer)).toEqual([1002, 'A frame broke a rule of RFC 6455.']);
    }
  }
});

test('a ping may stand between fragments, and is answered before the message is whole', async () => {
  await using running = await startServer();
  const masked = { maskingKey: Uint8Array.of(1, 2, 3, 4) };
  const part = (fields: Parameters<typeof encodeFrame>[0]): string => toHex(encodeFrame({ ...fields, ...masked }));
  const text = (word: string): Uint8Array => new TextEncoder().encode(word);
  const { answer } = await answerTo(
    running.origin,
    part({ opcode: Opcode.text, fin: false, payload: text('Hel') }),
    part({ opcode: Opcode.ping, payload: text('?') }),
    part({ opcode: Opcode.continuation, payload: text('lo') }),
  );
  expect(answer).toBe('8a013f' + '810548656c6c6f');
});

test('the limits of a connection hold on the second one: size, rate and fragments', async () => {
  await using running = await startServer({ maxMessageBytes: 1000, maxFragments: 4, messageBurst: 10, messagesPerSecond: 1 });
  const { origin } = running;
  expect(closeIn((await answerTo(origin, `81fe07d0${'00000000'}${'61'.repeat(900)}`, '61'.repeat(900))).answer)[0]).toBe(1009);
  expect(closeIn((await answerTo(origin, hello.repeat(20))).answer)[0]).toBe(1008);
  expect(closeIn((await answerTo(origin, `018000000000${'008000000000'.repeat(8)}`)).answer)[0]).toBe(1008);
});

test('a tap sees both connections: the one that brings the bytes, and the one on which they are frames', async () => {
  await using running = await startServer();
  const session = await watch(running.origin, { latency: 20 });
  const client = await connect(`${session.base}.A1/raw?seed=3`);
  client.socket.send(fromHex(hello));
  expect(await client.messages.next()).toBe('810548656c6c6f');
  await client.close();
  await session.event('connection_closed', { connection: 'A1' });
  const started = await session.event('connection_started');
  expect(started).toMatchObject({ connection: 'rawA1', at: 'client', url: '/echo?seed=3' });
  const brought = await session.event('frame_sent', { connection: 'A1', opcode: Opcode.binary });
  expect(brought.length).toBe(hello.length / 2);
  const sent = await session.event('frame_sent', { connection: 'rawA1', direction: 'client-to-server' });
  expect(sent.bytes).toBe(hello);
  // The link is between the raw bytes and the server; the connection that brings them has none.
  const arrival = await session.event('frame_received', { connection: 'rawA1' });
  expect(arrival.time - sent.time).toBeGreaterThanOrEqual(20);
  expect(await session.event('frame_departed', { connection: 'rawA1' })).toMatchObject({ takes: 20 });
  expect(await session.event('frame_departed', { connection: 'A1' })).not.toHaveProperty('takes');
});

test('a text other than "end" closes with 1003 and a sentence, and a wrong link condition is refused with 400', async () => {
  await using running = await startServer();
  const client = await connect(`${running.origin}/raw`);
  client.socket.send('Hello');
  expect(await client.closed).toEqual({ code: 1003, reason: 'This address takes binary messages, and the text "end".' });
  expect((await refusedUpgrade(`${running.origin}/raw?latency=-1`)).status).toBe(400);
});

test('if there is no room for the second connection, the first is closed and says so', async () => {
  await using running = await startServer({ maxConnections: 1 });
  const { closed } = await connect(`${running.origin}/raw`);
  expect(await closed).toEqual({ code: 1013, reason: 'The second connection was refused, with status 503.' });
});

test('the queue for a slow second connection is bounded', async () => {
  await using running = await startServer({ maxQueueBytes: 5000 });
  const client = await connect(`${running.origin}/raw?bandwidth=100`);
  const frame = fromHex(`82fe03e8${'00000000'}${'61'.repeat(1000)}`);
  for (let i = 0; i < 60; i++) client.socket.send(frame);
  expect(await client.closed).toEqual({ code: 1013, reason: 'More than 5000 bytes wait for the second connection.' });
});

test('raw connections leave nothing behind, however they end', async () => {
  await using running = await startWatchedServer({ sessionIdle: 0.2 });
  const session = await watch(running.origin);
  const opened: Client[] = [];
  for (const base of [running.origin, session.base, `${session.base}.A1`]) {
    for (const bytes of [hello, 'c18537fa213d7f9f4d5158', '81fe', '888037fa213d', '']) {
      const client = await connect(`${base}/raw`);
      opened.push(client);
      if (bytes) client.socket.send(fromHex(bytes));
    }
  }
  await until(() => opened.filter(({ socket }) => socket.readyState === socket.CLOSED).length === 6);
  for (const [i, { socket }] of opened.entries()) {
    if (i % 2) socket.terminate();
    else socket.close();
  }
  await session.tap.close();
  await running.backToBaseLine();
});

test('a second connection that is never read or answered is given up, as any silent client is', async () => {
  await using running = await startServer({ pingAfter: 0.1, deadAfter: 0.1 });
  const { closed, messages } = await connect(`${running.origin}/raw`);
  expect((await closed).reason).toBe('The server ended the second connection without a Close frame.');
  expect(messages.all).toContain('8900');
});

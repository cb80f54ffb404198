import { encodeFrame, Opcode } from '../../protocol/wire/frame.ts';
import type { Learner } from './learner.ts';
import { NotServed } from './line.ts';

/** What the lessons' programs do, by the address they use. Each throws NotServed if the server fails to deliver. */
export const visits: Readonly<Record<string, (learner: Learner) => Promise<void>>> = {
  async echo(learner) {
    const line = await learner.open('/echo?latency=20');
    line.send('there and back');
    expect(await line.hear(), 'there and back');
    await line.end();
  },
  async broadcast(learner) {
    const [speaker, listener] = [await learner.open('/broadcast/~board?self=0'), await learner.open('/broadcast/~board')];
    speaker.send('to the room');
    expect(await listener.hear(), 'to the room');
    await Promise.all([speaker.end(), listener.end()]);
  },
  async ticker(learner) {
    const line = await learner.open('/ticker?every=100&count=2&close=1');
    await line.hear((text) => text === 'tick 2');
    expect(await line.closed(), 1000);
  },
  async 'half-duplex'(learner) {
    const [a, b] = [await learner.open('/half-duplex/~radio?air=50'), await learner.open('/half-duplex/~radio?air=50')];
    a.send('{"type":"request"}');
    await a.hear((text) => text.includes('granted'));
    a.send('{"type":"word","text":"over"}');
    await b.hear((text) => text.includes('"over"'));
    await Promise.all([a.end(), b.end()]);
  },
  async events(learner) {
    const stream = await learner.stream('/events/~table');
    await learner.ask('POST', '/messages/~table', 'served');
    await stream.hear('served');
  },
  async polls(learner) {
    await learner.ask('POST', '/messages/~news', 'printed');
    const { messages, last } = JSON.parse(await learner.ask('GET', '/poll/~news')) as { messages: unknown[]; last: number };
    expect(messages.length > 0, true);
    const held = learner.ask('GET', `/long-poll/~news?after=${last}`);
    await learner.ask('POST', '/messages/~news', 'late');
    expect((await held).includes('late'), true);
  },
  async crowd(learner) {
    const line = await learner.open('/crowd');
    line.send('[[1100, 500, 500, 500], [1100, 500, 500, 500]]');
    await line.hear((text) => text.includes('"connected":2') && text.includes('attempts'));
    await line.end();
  },
  async door(learner) {
    const line = await learner.open('/door');
    for (;;) {
      const { type, visitor } = JSON.parse(await line.hear()) as { type: string; visitor?: number };
      if (type === 'knock') line.send(JSON.stringify({ visitor, allow: true }));
      if (type === 'over') break;
    }
    await line.end();
  },
  async close(learner) {
    expect(await (await learner.open('/close?code=4000')).closed(), 4000);
  },
  async raw(learner) {
    const line = await learner.open('/raw');
    line.send(encodeFrame({ opcode: Opcode.text, payload: Buffer.from('Hello'), maskingKey: Uint8Array.of(1, 2, 3, 4) }));
    expect(await line.hear(), '810548656c6c6f');
    await line.end();
  },
  async sink(learner) {
    const line = await learner.open('/sink?bandwidth=8000000');
    line.send(new Uint8Array(1000));
    expect(await line.hear(), '1000');
    await line.end();
  },
  async handshake(learner) {
    const line = await learner.open('/handshake');
    expect((await line.hear()).length, 24);
    await line.end();
  },
};

function expect(what: unknown, wanted: unknown): void {
  if (what !== wanted) throw new NotServed(`${String(what)} came instead of ${String(wanted)}`);
}

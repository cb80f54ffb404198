import { describe, expect, test } from 'vitest';
import { corpus, recordedTraces, traceOf } from '../../../protocol/export/corpus-for-tests.ts';
import { toPcapng } from '../../../protocol/export/pcapng.ts';
import { type DissectedFrame, dissect, tsharkVersion } from '../../../protocol/export/tshark-for-tests.ts';
import { Opcode } from '../../../protocol/wire/frame.ts';
import { type Trace, fromHex, toHex } from '../../../protocol/trace/trace.ts';
import { anatomyOf } from './anatomy.ts';

/** Returns what the inspector's fields say about each frame of a trace, as facts that tshark states too. */
function inspected(trace: Trace): Omit<DissectedFrame, 'stream'>[] {
  const sent = trace.events.filter((event) => event.name === 'frame_sent').sort((a, b) => a.time - b.time);
  return sent.map(({ direction, bytes }) => {
    const { fields, unmasked } = anatomyOf(fromHex(bytes));
    const value = (name: string): string | undefined => fields.find((field) => field.name === name)?.value;
    const key = value('masking key')?.replaceAll(' ', '');
    expect(value('MASK')).toBe(key === undefined ? '0' : '1');
    return {
      fromServer: direction === 'server-to-client',
      fin: value('FIN') === '1',
      rsv: Number.parseInt([1, 2, 3].map((n) => value(`RSV${n}`)).join(''), 2),
      opcode: Number(value('opcode')),
      key,
      length: Number(value('extended payload length') ?? value('payload len')),
      payload: toHex(unmasked),
    };
  });
}

/** Returns frames with every possible first byte, in each form of the length, both ways. Most of them break a rule. */
function everyHeader(): Trace {
  const payload = Uint8Array.of(3, 0xe8, 0x6c, 0x6c, 0x6f);
  const both = (maskingKey: Uint8Array | undefined) =>
    Array.from({ length: 256 * 3 }, () => ({ opcode: Opcode.binary, payload, maskingKey }));
  const trace = traceOf({ 'client-to-server': both(Uint8Array.of(1, 2, 3, 4)), 'server-to-client': both(undefined) });
  for (const event of trace.events) {
    if (event.name !== 'frame_sent') continue;
    const first = (event.frame & 0xff).toString(16).padStart(2, '0');
    const mask = event.masked ? 0x80 : 0;
    const lengths = [
      toHex(Uint8Array.of(mask | 5)),
      `${toHex(Uint8Array.of(mask | 126))}0005`,
      `${toHex(Uint8Array.of(mask | 127))}0000000000000005`,
    ];
    event.bytes = first + lengths[event.frame >> 8] + event.bytes.slice(4);
  }
  return trace;
}

const traces: [name: string, trace: Trace][] = [
  ['every kind of frame', corpus()],
  ['every header', everyHeader()],
  ...recordedTraces(),
];

describe.skipIf(!tsharkVersion)(
  `each field that the inspector shows equals tshark's (${tsharkVersion ?? 'not installed'})`,
  () => {
    test.each(traces)('in %s', { timeout: 60_000 }, (_, trace) => {
      // tshark orders frames sent at one moment as the file does, so compare each direction in its own order.
      const theirs = dissect(toPcapng(trace)).frames.map(({ stream: _stream, ...frame }) => frame);
      const ours = inspected(trace);
      expect(theirs).toHaveLength(ours.length);
      for (const fromServer of [false, true]) {
        expect(theirs.filter((frame) => frame.fromServer === fromServer)).toEqual(
          ours.filter((frame) => frame.fromServer === fromServer),
        );
      }
    });

    test('over more than 200 frames, with every opcode and every form of the length', { timeout: 60_000 }, () => {
      const frames = inspected(corpus());
      expect(frames.length).toBeGreaterThan(200);
      expect(new Set(frames.map(({ opcode }) => opcode)).size).toBe(16);
      // Alone, first, in the middle and last of a message; both masked and not.
      const shapes = new Set(frames.map(({ fin, opcode, key }) => `${fin} ${opcode === 0} ${key !== undefined}`));
      expect(shapes.size).toBe(8);
      expect(new Set(frames.map(({ length }) => (length < 126 ? 7 : length < 0x10000 ? 16 : 64))).size).toBe(3);
    });
  },
);

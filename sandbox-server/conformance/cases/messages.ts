/** Groups 1 to 4: whole messages with each form of the length, pings and pongs, reserved bits, reserved opcodes. */
import { Opcode } from '../../../protocol/wire/frame.ts';
import {
  answered,
  binary,
  type Chop,
  chopped,
  clientCloses,
  close,
  failsWith,
  family,
  filler,
  frame,
  type FrameCase,
  gotBinary,
  gotPong,
  gotText,
  ping,
  pong,
  receive,
  send,
  text,
  type Unnumbered,
} from '../case.ts';

/** Lengths on both sides of the steps between 7, 16 and 64 bits of length. */
const lengths: readonly (readonly [length: number, chop: Chop])[] = [
  [0, 'whole'],
  [125, 'whole'],
  [126, 'whole'],
  [127, 'whole'],
  [128, 'whole'],
  [65_535, 'whole'],
  [65_536, 'whole'],
  [65_536, 997],
];

const echoes = lengths.map(([length, chop]): [Unnumbered, Unnumbered] => {
  const words = '*'.repeat(length);
  const bytes = filler(length);
  const title = (kind: string): string => `${kind} of ${length} bytes, ${chopped(chop)}, comes back`;
  return [
    { title: title('a text'), steps: [send([text(words)], chop), receive(gotText(words))], ending: clientCloses },
    { title: title('a binary message'), steps: [send([binary(bytes)], chop), receive(gotBinary(bytes))], ending: clientCloses },
  ];
});

const most = filler(125);
const tenPings = Array.from({ length: 10 }, (_, i) => `ping ${i}`);

const pings: Unnumbered[] = [
  ...[
    ['no payload', ''],
    ['a text', 'Hello, world!'],
    ['bytes that are no text', Uint8Array.of(0, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0, 0xff)],
    ['125 bytes, the most there may be', most],
  ].map(([what, payload]) => ({
    title: `a ping with ${String(what)} is answered by a pong with the same`,
    steps: [send([ping(payload)]), receive(gotPong(payload ?? ''))],
    ending: clientCloses,
  })),
  { title: 'a ping of 126 bytes fails the connection', steps: [send([ping(filler(126))])], ending: failsWith(1002) },
  {
    title: 'a ping of 125 bytes, a byte a write, is answered',
    steps: [send([ping(most)], 1), receive(gotPong(most))],
    ending: clientCloses,
  },
  { title: 'a pong that nobody asked for is passed over', steps: [send([pong()])], ending: clientCloses },
  { title: 'such a pong with a payload is passed over too', steps: [send([pong('unasked')])], ending: clientCloses },
  {
    title: 'a ping after such a pong is answered with its own payload',
    steps: [send([pong('unasked'), ping('asked')]), receive(gotPong('asked'))],
    ending: clientCloses,
  },
  ...(['whole', 1] as const).map((chop) => ({
    title: `ten pings, ${chopped(chop)}, are answered in their order`,
    steps: [
      send(
        tenPings.map((payload) => ping(payload)),
        chop,
      ),
      receive(...tenPings.map(gotPong)),
    ],
    ending: clientCloses,
  })),
];

const bits = (rsv: number) => ({ rsv1: (rsv & 4) !== 0, rsv2: (rsv & 2) !== 0, rsv3: (rsv & 1) !== 0 });
const named = (rsv: number): string => ['RSV1', 'RSV2', 'RSV3'].filter((_, i) => rsv & (4 >> i)).join(', ');

const reservedBits: Unnumbered[] = [
  { title: `a text with ${named(1)} fails the connection`, steps: [send([text('Hello', bits(1))])], ending: failsWith(1002) },
  ...([2, 3, 4] as const).map((rsv, i) => {
    const chop = (['whole', 'frames', 1] as const)[i] as Chop;
    return {
      title: `a text is echoed, the next with ${named(rsv)} fails the connection, the ping behind is not answered, ${chopped(chop)}`,
      steps: [send([text('Hello'), text('Hello', bits(rsv)), ping()], chop), receive(gotText('Hello'))],
      ending: failsWith(1002),
    };
  }),
  { title: `a binary message with ${named(5)} fails it`, steps: [send([binary(most, bits(5))])], ending: failsWith(1002) },
  { title: `a ping with ${named(6)} fails it`, steps: [send([ping('Hello', bits(6))])], ending: failsWith(1002) },
  {
    title: `a Close with ${named(7)} fails it`,
    steps: [send([frame(Opcode.close, '', bits(7))])],
    ending: failsWith(1002),
  },
];

const reservedOpcodes = (opcodes: readonly number[]): Unnumbered[] =>
  opcodes.map((opcode, i) => {
    const alone = i < 2;
    const payload = i % 2 === 0 ? '' : 'reserved';
    const chop: Chop = i === 4 ? 1 : i === 3 ? 'frames' : 'whole';
    const bad = [frame(opcode, payload), ping()];
    return {
      title: `opcode 0x${opcode.toString(16)} ${payload ? 'with' : 'without'} a payload fails the connection, ${alone ? 'as the first frame' : 'after a text'}, ${chopped(chop)}`,
      steps: alone ? [send(bad, chop)] : [send([text('Hello'), ...bad], chop), receive(gotText('Hello'))],
      ending: failsWith(1002),
    };
  });

const unmasked: Unnumbered[] = [
  ['a text', text('Hello', { maskingKey: undefined })],
  ['a ping', ping('', { maskingKey: undefined })],
  ['a Close', frame(Opcode.close, '', { maskingKey: undefined })],
].map(([what, bytes]) => ({
  title: `${String(what)} without a mask fails the connection`,
  steps: [send([bytes as Uint8Array])],
  ending: failsWith(1002),
}));

const zeroKey = { maskingKey: new Uint8Array(4) };

export const messageCases: FrameCase[] = [
  ...family(
    '1.1',
    '§5.6',
    echoes.map(([one]) => one),
  ),
  ...family(
    '1.2',
    '§5.6',
    echoes.map(([, other]) => other),
  ),
  ...family('1.3', '§5.1', [
    ...unmasked,
    {
      title: 'a masking key of zeros is a mask too',
      steps: [send([text('Hello', zeroKey)]), receive(gotText('Hello'))],
      ending: clientCloses,
    },
  ]),
  ...family('2.1', '§5.5.2', pings),
  ...family('3.1', '§5.2', reservedBits),
  ...family('4.1', '§5.2', reservedOpcodes([3, 4, 5, 6, 7])),
  ...family('4.2', '§5.2', reservedOpcodes([11, 12, 13, 14, 15])),
  ...family('4.3', '§5.5', [
    {
      title: 'a Close of 126 bytes fails the connection',
      steps: [send([close(1000, 'x'.repeat(124))])],
      ending: failsWith(1002),
    },
    {
      title: 'a Close in the middle of a message is answered all the same',
      steps: [send([text('Hel', { fin: false }), close(1000)])],
      ending: answered(1000),
    },
  ]),
];

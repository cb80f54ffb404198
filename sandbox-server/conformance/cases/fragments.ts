/** Group 5: messages in fragments, control frames between them, and fragments out of order. */
import { Opcode } from '../../../protocol/wire/frame.ts';
import {
  type Chop,
  chopped,
  clientCloses,
  type ExpectedFrame,
  failsWith,
  family,
  frame,
  type FrameCase,
  gotBinary,
  gotPong,
  gotText,
  more,
  ping,
  pong,
  receive,
  send,
  text,
  binary,
  type Unnumbered,
} from '../case.ts';

const chops: readonly Chop[] = ['whole', 'frames', 1];
const open = { fin: false };

const inEveryChop = (
  title: string,
  frames: readonly Uint8Array[],
  got: readonly ExpectedFrame[],
  ending = clientCloses as Unnumbered['ending'],
): Unnumbered[] =>
  chops.map((chop) => ({
    title: `${title}, ${chopped(chop)}`,
    steps: got.length > 0 ? [send(frames, chop), receive(...got)] : [send(frames, chop)],
    ending,
  }));

const hello = [text('frag', open), more('ment')];
const between = [text('frag', open), ping('between'), more('ment')];
const five = [1, 2, 3, 4, 5].map((n) => (n === 1 ? text(`part ${n} `, open) : more(`part ${n} `, { fin: n === 5 })));
const withPings = five.flatMap((part, i) => (i === 1 || i === 3 ? [part, ping(`after ${i + 1}`)] : [part]));
const lone = 'a continuation with nothing to continue';

export const fragmentCases: FrameCase[] = [
  ...family('5.1', '§5.5', [
    {
      title: 'a ping in two fragments fails the connection',
      steps: [send([ping('frag', open), more('ment')])],
      ending: failsWith(1002),
    },
    {
      title: 'a pong in two fragments fails the connection',
      steps: [send([pong('frag', open), more('ment')])],
      ending: failsWith(1002),
    },
    {
      title: 'a Close in two fragments fails the connection',
      steps: [send([frame(Opcode.close, Uint8Array.of(3), open), more(Uint8Array.of(0xe8))])],
      ending: failsWith(1002),
    },
  ]),
  ...family('5.2', '§5.4', inEveryChop('a text in two fragments comes back whole', hello, [gotText('fragment')])),
  ...family(
    '5.3',
    '§5.4',
    inEveryChop('a ping between two fragments is answered before the message', between, [
      gotPong('between'),
      gotText('fragment'),
    ]),
  ),
  ...family('5.4', '§5.4', [
    ...inEveryChop(
      `${lone} (FIN set) fails the connection; the text behind is not served`,
      [more('lone'), text('Hello')],
      [],
      failsWith(1002),
    ),
    ...inEveryChop(`${lone} (FIN clear) fails the connection`, [more('lone', open), text('Hello')], [], failsWith(1002)),
    {
      title: `a text in fragments is echoed; ${lone} behind it fails the connection`,
      steps: [send([...hello, more('lone', open), text('Hello')]), receive(gotText('fragment'))],
      ending: failsWith(1002),
    },
    ...[true, false].map((fin) => ({
      title: `${lone} (FIN ${fin ? 'set' : 'clear'}) before each message fails the connection at the first`,
      steps: [send([more('x', { fin }), text('a', open), more('b'), more('x', { fin }), text('a', open), more('b')])],
      ending: failsWith(1002),
    })),
    {
      title: 'a new text where a continuation is due fails the connection',
      steps: [send([text('frag', open), text('ment')])],
      ending: failsWith(1002),
    },
    {
      title: 'a binary frame where a continuation is due fails the connection',
      steps: [send([text('frag', open), binary('ment')])],
      ending: failsWith(1002),
    },
  ]),
  ...family('5.5', '§5.4', [
    {
      title: 'five fragments, pings after the second and the fourth: pongs in order, then the message',
      steps: [
        send(withPings.slice(0, 3)),
        receive(gotPong('after 2')),
        send(withPings.slice(3)),
        receive(gotPong('after 4'), gotText('part 1 part 2 part 3 part 4 part 5 ')),
      ],
      ending: clientCloses,
    },
    ...inEveryChop('the same without waiting for pongs', withPings, [
      gotPong('after 2'),
      gotPong('after 4'),
      gotText('part 1 part 2 part 3 part 4 part 5 '),
    ]),
    {
      title: 'fragments without a payload at the start, in the middle and at the end add nothing',
      steps: [
        send([text('', open), more('frag', open), more('', open), more('ment', open), more('')]),
        receive(gotText('fragment')),
      ],
      ending: clientCloses,
    },
    {
      title: 'a message of empty fragments is an empty message',
      steps: [send([binary('', open), more('', open), more('')]), receive(gotBinary(''))],
      ending: clientCloses,
    },
    {
      title: 'pongs between fragments are passed over',
      steps: [send([text('frag', open), pong('unasked'), more('ment')]), receive(gotText('fragment'))],
      ending: clientCloses,
    },
  ]),
];

/** Group 7: the closing handshake, and which bodies and codes a Close may carry. */
import { Opcode } from '../../../protocol/wire/frame.ts';
import {
  answered,
  clientCloses,
  close,
  closeBody,
  failsWith,
  family,
  frame,
  type FrameCase,
  gotText,
  more,
  ping,
  receive,
  send,
  text,
  type Unnumbered,
} from '../case.ts';

const open = { fin: false };
const long = '*'.repeat(262_144);

const order: Unnumbered[] = [
  { title: 'a message, then the Close', steps: [send([text('Hello')]), receive(gotText('Hello'))], ending: clientCloses },
  { title: 'two Closes: the first is answered, once', steps: [send([close(1000), close(1000)])], ending: answered(1000) },
  { title: 'a ping behind the Close is not answered', steps: [send([close(1000), ping()])], ending: answered(1000) },
  { title: 'a text behind the Close is not served', steps: [send([close(1000), text('Hello')])], ending: answered(1000) },
  {
    title: 'a Close between two fragments: the rest of the message is not served',
    steps: [send([text('frag', open), close(1000), more('ment')])],
    ending: answered(1000),
  },
  {
    title: 'a text of 256 KiB, then the Close, then a ping: the text comes back, the Close is answered, the ping is not',
    steps: [send([text(long), close(1000), ping()]), receive(gotText(long))],
    ending: answered(1000),
  },
  {
    title: 'what breaks a rule behind the Close changes nothing',
    steps: [send([close(1000), text('x', { rsv1: true })])],
    ending: answered(1000),
  },
];

const bodies: Unnumbered[] = [
  { title: 'a Close without a code is answered without one', steps: [send([frame(Opcode.close)])], ending: answered(undefined) },
  {
    title: 'a Close of one byte fails the connection',
    steps: [send([frame(Opcode.close, Uint8Array.of(3))])],
    ending: failsWith(1002),
  },
  { title: 'a code alone is answered with the same', steps: [send([close(1000)])], ending: answered(1000) },
  { title: 'a code and a reason are answered', steps: [send([close(1000, 'Goodbye')])], ending: answered(1000) },
  { title: 'a reason of 123 bytes, the most, is taken', steps: [send([close(1000, 'x'.repeat(123))])], ending: answered(1000) },
  { title: 'a reason of 124 bytes fails the connection', steps: [send([close(1000, 'x'.repeat(124))])], ending: failsWith(1002) },
  { title: 'a reason with characters of 4 bytes is taken', steps: [send([close(1000, '𐍈 goodbye')])], ending: answered(1000) },
  {
    title: 'a reason that is not UTF-8 fails the connection',
    steps: [send([close(1000, Uint8Array.of(0xce, 0xba, 0xed, 0xa0, 0x80))])],
    ending: failsWith(1007),
  },
  {
    title: 'a Close a byte a write is answered',
    steps: [send([frame(Opcode.close, closeBody(1001, 'away'))], 1)],
    ending: answered(1001),
  },
];

/** Codes of RFC 6455 §7.4.1 that may be sent, codes registered since, and the edges of the ranges of §7.4.2. */
const lawful = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
/** Codes that are never on the wire (1004, 1005, 1006, 1015), not defined, or outside every range. */
const unlawful = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535];

export const closingCases: FrameCase[] = [
  ...family('7.1', '§5.5.1', order),
  ...family('7.3', '§5.5.1', bodies),
  ...family(
    '7.7',
    '§7.4',
    lawful.map((code) => ({
      title: `code ${code} is answered with the same`,
      steps: [send([close(code)])],
      ending: answered(code),
    })),
  ),
  ...family(
    '7.9',
    '§7.4',
    unlawful.flatMap((code) =>
      ['', 'reason'].map((reason) => ({
        title: `code ${code} with ${reason ? 'a reason' : 'no reason'} fails the connection`,
        steps: [send([close(code, reason)])],
        ending: failsWith(1002),
      })),
    ),
  ),
];

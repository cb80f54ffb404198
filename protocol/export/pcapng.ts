/**
 * A trace as a pcapng file for Wireshark and tshark. The bytes of HTTP and WebSocket are the captured ones; the layers
 * below them are made up, and the file says so: each client and the server get an address of RFC 5737, each connection a
 * TCP connection, each frame a segment of its own, each receipt an acknowledgement at the time of the receipt.
 */
import type { Trace } from '../trace/trace.ts';
import { concatBytes } from '../collections/concat-bytes.ts';
import { thousandthsOfMs } from '../words/duration.ts';
import { enhancedPacket, interfaceDescription, nameResolution, sectionHeader } from './pcapng-blocks.ts';
import { leftOutWords, type Piece, type Stream, streamsOf } from './streams.ts';
import { encodeSegment, Flag, mostContent, type Segment, type TcpEnd } from './tcp.ts';

/** How a trace is exported. */
export interface ExportOptions {
  /** When the run began, milliseconds since 1970. A trace does not say; by default its times count from 1970. */
  startedAt?: number;
}

const about =
  'Exported by Duplex Playground from a trace. The bytes of HTTP and WebSocket are as captured at the sandbox server. ' +
  'Ethernet, IP and TCP are synthetic: addresses, ports, sequence numbers and segments were made up for this file. ' +
  'A packet with content has the time at which its sender sent it, an acknowledgement the time at which it was received.';

/** The server's port: Wireshark expects HTTP on 80, so this is used whatever the real port was. */
const serverPort = 80;
const server = { mac: [2, 0, 0, 0, 1, 0], ip: [198, 51, 100, 1], port: serverPort };

/** Returns the trace as the bytes of a pcapng file. */
export function toPcapng(trace: Trace, { startedAt = 0 }: ExportOptions = {}): Uint8Array<ArrayBuffer> {
  const streams = streamsOf(trace);
  const clients = [...new Set(streams.map(({ client }) => client))];
  const numbers = new Map(clients.map((client, i) => [client, i]));
  const ipOf = (client: string): number[] => [192, 0, 2, ((numbers.get(client) as number) % 254) + 1];
  const packets = streams.flatMap((stream, i) => {
    const ip = ipOf(stream.client);
    return packetsOf(stream, { mac: [2, 0, 0, 0, 0, ip[3] as number], ip, port: 49_152 + (i % 16_384) });
  });
  // Sort by time; the sort is stable, so at equal times no answer precedes what it answers.
  packets.sort((a, b) => a.time - b.time);
  const names = [{ ip: server.ip, name: 'server' }, ...clients.map((client) => ({ ip: ipOf(client), name: `client-${client}` }))];
  return concatBytes([
    sectionHeader(about, 'Duplex Playground'),
    interfaceDescription('sandbox', 'The sandbox server, at both ends of its simulated link'),
    nameResolution(names),
    ...packets.map(({ time, comment, ...segment }, identification) => {
      const { bytes, length } = encodeSegment({ ...segment, identification });
      return enhancedPacket(Math.max(0, Math.round((startedAt + time) * 1000)), bytes, length, comment);
    }),
  ]);
}

interface Packet extends Omit<Segment, 'identification'> {
  time: number;
  comment?: string;
}

const nothing = new Uint8Array(0);

/** One end of the connection as it progresses: its next sequence number, and the next one it expects. */
interface End {
  self: TcpEnd;
  sequence: number;
  expected: number;
}

/** Returns the packets of the TCP connection that carries the stream, from start to end. */
function packetsOf({ pieces, closedAt }: Stream, client: TcpEnd): Packet[] {
  const packets: Packet[] = [];
  const near: End = { self: client, sequence: 1000, expected: 0 };
  const far: End = { self: server, sequence: 5000, expected: 0 };
  const send = (time: number, end: End, flags: number, content: Content = { data: nothing, length: 0 }): void => {
    const to = end === near ? far.self : near.self;
    packets.push({ time, from: end.self, to, sequence: end.sequence, acknowledgement: end.expected, flags, ...content });
    end.sequence += content.length + (flags & (Flag.syn | Flag.fin) ? 1 : 0);
  };
  const hear = (end: End, sequence: number): void => void (end.expected = Math.max(end.expected, sequence));

  const begun = (pieces[0] as Piece).sentAt;
  send(begun, near, Flag.syn);
  hear(far, near.sequence);
  send(begun, far, Flag.syn | Flag.ack);
  hear(near, far.sequence);
  send(begun, near, Flag.ack);

  let last = begun;
  for (const { time, piece, isReceipt, end } of momentsOf(pieces, near.sequence, far.sequence)) {
    const [sender, receiver] = piece.direction === 'client-to-server' ? [near, far] : [far, near];
    last = time;
    if (isReceipt) {
      // Acknowledge dropped pieces before it along with it: TCP has no other way.
      hear(receiver, end);
      send(time, receiver, Flag.ack);
      continue;
    }
    for (const content of segmentsOf(piece)) send(time, sender, Flag.push | Flag.ack, content);
    sender.sequence = end;
  }

  const closed = closedAt.server ?? closedAt.client;
  if (closed === undefined) return packets;
  // The server closes TCP first (RFC 6455 §7.1.1).
  const farClosed = Math.max(last, closed);
  const nearClosed = Math.max(farClosed, closedAt.client ?? 0);
  send(farClosed, far, Flag.fin | Flag.ack);
  hear(near, far.sequence);
  send(nearClosed, near, Flag.fin | Flag.ack);
  hear(far, near.sequence);
  send(nearClosed, far, Flag.ack);
  return packets;
}

interface Moment {
  time: number;
  piece: Piece;
  isReceipt: boolean;
  /** The sequence number just after the piece. */
  end: number;
}

/** Returns when each piece was sent and when it was received, in order of time. */
function momentsOf(pieces: readonly Piece[], client: number, serverFirst: number): Moment[] {
  const next = { 'client-to-server': client, 'server-to-client': serverFirst };
  const moments = pieces.flatMap((piece): Moment[] => {
    const end = (next[piece.direction] += piece.length);
    const sent = { time: piece.sentAt, piece, isReceipt: false, end };
    return piece.receivedAt === undefined ? [sent] : [sent, { time: piece.receivedAt, piece, isReceipt: true, end }];
  });
  return moments.sort((a, b) => a.time - b.time);
}

interface Content {
  data: Uint8Array;
  length: number;
  comment?: string;
}

/** Cuts a piece into as few segments as possible. Bytes that the tap did not keep are not sent: only their length is known. */
function segmentsOf(piece: Piece): Content[] {
  const { bytes, length } = piece;
  const contents: Content[] = [];
  for (let at = 0; at < bytes.length; at += mostContent) {
    const content = { data: bytes.subarray(at, at + mostContent), length: Math.min(mostContent, length - at) };
    contents.push(at === 0 ? { ...content, comment: commentOn(piece) } : content);
  }
  return contents;
}

function commentOn(piece: Piece): string {
  const { title, sentAt, receivedAt, dropped, bytes, length } = piece;
  const fate = dropped
    ? `not carried by the link (${dropped.replace(/\.$/, '')})`
    : receivedAt === undefined
      ? 'not received'
      : `received at ${thousandthsOfMs(receivedAt)}`;
  const cut = bytes.length < length ? ` The trace holds the first ${bytes.length} of ${length} bytes.` : '';
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}: sent at ${thousandthsOfMs(sentAt)}, ${fate}.${cut}${leftOutWords(piece)}`;
}

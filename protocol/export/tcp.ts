/** Wraps bytes in Ethernet, IPv4 and TCP: RFC 894, RFC 791 §3.1, RFC 9293 §3.1. Everything in these layers is made up. */

/** One end of a made-up TCP connection. */
export interface TcpEnd {
  mac: readonly number[];
  ip: readonly number[];
  port: number;
}

/** Flags of a segment. */
export const Flag = { fin: 0x01, syn: 0x02, push: 0x08, ack: 0x10 } as const;

/** A segment to encode. Sequence and acknowledgement numbers are taken modulo 2^32. */
export interface Segment {
  from: TcpEnd;
  to: TcpEnd;
  sequence: number;
  acknowledgement: number;
  flags: number;
  /** The known part of the content. */
  data: Uint8Array;
  /** Bytes of content; more than `data` if only part of it was captured. */
  length: number;
  /** The datagram's number (RFC 791 §3.2), modulo 2^16. */
  identification: number;
}

/** The most bytes that fit in an IPv4 datagram after an IP and a TCP header without options. */
export const mostContent = 65_535 - 20 - 20;

/** Options for a SYN: the largest segment, and a window of 2^14 times what the header says (RFC 9293 §3.7.1, RFC 7323 §2.2). */
const synOptions = [2, 4, mostContent >> 8, mostContent & 0xff, 1, 3, 3, 14];

/** Returns the segment with its headers, and its length on the wire in bytes. */
export function encodeSegment(segment: Segment): { bytes: Uint8Array<ArrayBuffer>; length: number } {
  const { from, to, data, length, flags } = segment;
  const options = flags & Flag.syn ? synOptions : [];
  const tcpHeader = 20 + options.length;
  const bytes = new Uint8Array(14 + 20 + tcpHeader + data.length);
  const view = new DataView(bytes.buffer);
  bytes.set([...to.mac, ...from.mac, 0x08, 0x00]);

  const ip = 14;
  bytes.set([0x45, 0], ip);
  view.setUint16(ip + 2, 20 + tcpHeader + length);
  view.setUint16(ip + 4, segment.identification & 0xffff);
  bytes.set([0x40, 0, 64, 6], ip + 6);
  bytes.set([...from.ip, ...to.ip], ip + 12);
  view.setUint16(ip + 10, checksum(bytes.subarray(ip, ip + 20)));

  const tcp = ip + 20;
  view.setUint16(tcp, from.port);
  view.setUint16(tcp + 2, to.port);
  view.setUint32(tcp + 4, segment.sequence % 2 ** 32);
  view.setUint32(tcp + 8, flags & Flag.ack ? segment.acknowledgement % 2 ** 32 : 0);
  bytes.set([(tcpHeader / 4) << 4, flags], tcp + 12);
  view.setUint16(tcp + 14, 0xffff);
  bytes.set(options, tcp + 20);
  bytes.set(data, tcp + tcpHeader);
  // Unknown content has no checksum.
  if (data.length === length) {
    const pseudoHeader = [...from.ip, ...to.ip, 0, 6, (tcpHeader + length) >> 8, (tcpHeader + length) & 0xff];
    view.setUint16(tcp + 16, checksum(bytes.subarray(tcp), pseudoHeader));
  }
  return { bytes, length: 14 + 20 + tcpHeader + length };
}

/** Returns the Internet checksum (RFC 1071). */
export function checksum(bytes: Uint8Array, before: readonly number[] = []): number {
  let sum = 0;
  for (let i = 0; i < before.length; i += 2) sum += ((before[i] as number) << 8) | (before[i + 1] as number);
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

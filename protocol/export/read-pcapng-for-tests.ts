/** Reads a pcapng file back, knowing only the formats and not how it was written. For tests. */
import { checksum } from './tcp.ts';

/** A packet of the file, without its headers. */
export interface ReadPacket {
  /** Milliseconds since 1970. */
  time: number;
  from: string;
  to: string;
  sequence: number;
  acknowledgement: number;
  flags: number;
  data: Uint8Array;
  /** Bytes of content on the wire. */
  length: number;
  comment: string | undefined;
}

interface ReadFile {
  comment: string;
  interfaces: number;
  packets: ReadPacket[];
}

/** Reads the file's blocks. Throws if a length or a checksum is wrong. */
export function readPcapng(file: Uint8Array): ReadFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const read: ReadFile = { comment: '', interfaces: 0, packets: [] };
  for (let at = 0; at < file.length;) {
    const type = view.getUint32(at, true);
    const total = view.getUint32(at + 4, true);
    if (total % 4 !== 0 || view.getUint32(at + total - 4, true) !== total) throw new Error(`block at ${at} has no good length`);
    const body = file.subarray(at + 8, at + total - 4);
    if (type === 0x0a0d0d0a) read.comment = commentIn(body.subarray(16)) ?? '';
    if (type === 1) read.interfaces++;
    if (type === 6) read.packets.push(readPacket(body));
    at += total;
  }
  return read;
}

function commentIn(options: Uint8Array): string | undefined {
  const view = new DataView(options.buffer, options.byteOffset, options.byteLength);
  for (let at = 0; at + 4 <= options.length;) {
    const [code, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (code === 1) return new TextDecoder().decode(options.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return undefined;
}

function readPacket(body: Uint8Array): ReadPacket {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const captured = view.getUint32(12, true);
  const onWire = view.getUint32(16, true);
  const packet = body.subarray(20, 20 + captured);
  const headers = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const ip = packet.subarray(14);
  const ipLength = headers.getUint16(16);
  const tcp = packet.subarray(34);
  const tcpHeader = ((tcp[12] as number) >> 4) * 4;
  if (ipLength !== onWire - 14) throw new Error(`IP says ${ipLength} bytes of a packet of ${onWire}`);
  if (checksum(ip.subarray(0, 20)) !== 0) throw new Error('the checksum of IP is wrong');
  const pseudoHeader = [...ip.subarray(12, 20), 0, 6, (ipLength - 20) >> 8, (ipLength - 20) & 0xff];
  if (captured === onWire && checksum(tcp, pseudoHeader) !== 0) throw new Error('the checksum of TCP is wrong');
  const end = (at: number, port: number): string => `${ip.subarray(at, at + 4).join('.')}:${headers.getUint16(port)}`;
  return {
    time: (view.getUint32(4, true) * 2 ** 32 + view.getUint32(8, true)) / 1000,
    from: end(12, 34),
    to: end(16, 36),
    sequence: headers.getUint32(38),
    acknowledgement: headers.getUint32(42),
    flags: tcp[13] as number,
    data: tcp.subarray(tcpHeader),
    length: ipLength - 20 - tcpHeader,
    comment: commentIn(body.subarray(20 + Math.ceil(captured / 4) * 4)),
  };
}

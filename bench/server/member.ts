import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { encodeFrame, type Frame, FrameParser, Opcode } from '../../protocol/wire/frame.ts';

/** A minimal WebSocket client, because the load generator must be faster than the servers. */
export class Member {
  readonly socket: Socket;
  /** Bytes of frames received. */
  bytes = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
  }

  static async open(port: number, target: string): Promise<Member> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay();
    socket.on('error', () => undefined);
    const key = randomBytes(16).toString('base64');
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    const member = new Member(socket);
    let head = '';
    while (!head.includes('\r\n\r\n')) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      head += chunk.toString('latin1');
    }
    if (!head.startsWith('HTTP/1.1 101')) throw new Error(`${target}: ${head.split('\r\n', 1)[0] ?? ''}`);
    return member;
  }

  /** Only counts the bytes received. */
  count(): void {
    this.socket.on('data', ({ length }: Buffer) => (this.bytes += length));
  }

  /** Calls `listener` with each frame. */
  listen(listener: (frame: Frame) => void): void {
    const parser = new FrameParser();
    this.socket.on('data', (chunk: Buffer) => {
      this.bytes += chunk.length;
      for (const frame of parser.push(chunk)) listener(frame);
    });
  }

  send(text: string): void {
    this.socket.write(masked(text));
  }

  close(): void {
    this.socket.destroy();
  }
}

const maskingKey = Uint8Array.of(0, 0, 0, 0);
const masked = (text: string): Uint8Array => encodeFrame({ opcode: Opcode.text, payload: Buffer.from(text), maskingKey });

/** Opens `count` members, up to 50 at a time. */
export async function openMembers(count: number, port: number, target: string): Promise<Member[]> {
  const members: Member[] = [];
  while (members.length < count) {
    const some = Math.min(50, count - members.length);
    members.push(...(await Promise.all(Array.from({ length: some }, () => Member.open(port, target)))));
  }
  return members;
}

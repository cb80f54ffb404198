import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

/** The body as text with its length in bytes, or why it is refused. */
export type BodyRead = { bytes: number } & ({ text: string } | { refusal: Refusal });

/** Reads the request's body to its end. Does not call back if the client goes away first. */
export function readBody(request: IncomingMessage, most: number, read: (result: BodyRead) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const tooLong = (): void => {
    const refusal = new Refusal(
      413,
      `A message may have at most ${most} bytes here.`,
      { Connection: 'close' },
      'maxMessageBytes',
    );
    read({ bytes, refusal });
  };
  if (Number(request.headers['content-length'] ?? 0) > most) {
    // Answer at once: do not wait for a body that is announced as too long.
    tooLong();
    request.resume();
    return;
  }
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    const fitted = bytes <= most;
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
    else if (fitted) tooLong();
  });
  request.on('end', () => {
    if (bytes > most) return;
    const body = Buffer.concat(chunks);
    if (isUtf8(body)) read({ bytes, text: body.toString() });
    else read({ bytes, refusal: new Refusal(400, 'The body has to be text in valid UTF-8.') });
  });
}

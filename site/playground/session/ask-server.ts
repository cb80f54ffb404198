/** Sends any bytes to the sandbox, through its `/raw` address. */

import { noAnswer } from './sandbox-error.ts';

/** How long the sandbox may take, ms. */
const patience = 5000;
/** Bytes in one message to `/raw`: well below a message's limit. */
const most = 32_768;

/**
 * Writes `bytes` onto a new connection to the sandbox's `/echo`, ends it, and resolves with what came back. Rejects with an Error
 * whose message is a sentence.
 */
export function askServer(origin: string, bytes: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${origin.replace(/^http/, 'ws')}/raw`);
    ws.binaryType = 'arraybuffer';
    const came: ArrayBuffer[] = [];
    const timer = setTimeout(() => ws.close(4000, 'no answer'), patience);
    ws.onopen = () => {
      for (let at = 0; at < bytes.length; at += most) ws.send(bytes.slice(at, at + most));
      ws.send('end');
    };
    ws.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => void came.push(data);
    ws.onclose = ({ code, reason }) => {
      clearTimeout(timer);
      if (code === 1000) void new Blob(came).arrayBuffer().then((all) => resolve(new Uint8Array(all)), reject);
      else if (code === 1006 || code === 4000) reject(new Error(noAnswer(origin)));
      else reject(new Error(`The sandbox server did not take the bytes: ${code}, ${reason}`));
    };
  });
}

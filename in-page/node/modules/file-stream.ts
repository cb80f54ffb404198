/** `fs.createReadStream` of the reader's own files: for servers that pipe a file into a response. */
import { Buffer } from '../buffer.ts';
import { ReadableBytes } from '../readable-bytes.ts';

/** What a stream can be piped into. */
interface Destination {
  write: (chunk: Buffer | string) => unknown;
  end: () => unknown;
  emit?: (event: string, ...values: unknown[]) => unknown;
}

export class FileStream extends ReadableBytes {
  readonly path: string;

  /** `read` returns the file's text. Throws what the stream's `error` tells. */
  constructor(path: string, read: () => string, tick: (callback: () => void) => void) {
    super(tick);
    this.path = path;
    // Listeners are added after the call.
    tick(() => {
      try {
        const bytes = Buffer.from(read());
        this.emit('open', 3);
        this.push(bytes);
        this.pushEnd();
      } catch (error) {
        this.destroyed = true;
        this.emit('error', error);
        this.emit('close');
      }
    });
  }

  pipe<To extends Destination>(destination: To): To {
    this.on('data', (chunk: Buffer | string) => void destination.write(chunk));
    this.once('end', () => void destination.end());
    destination.emit?.('pipe', this);
    return destination;
  }

  protected override ended(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

import { WebSocket } from 'ws';

/** Thrown when the server did not serve something. */
export class NotServed extends Error {
  override name = 'NotServed';
}

/** How long to wait for what must come, in ms: long, since the machine may be busy. */
export const patience = 20_000;

/** One of a learner's WebSockets. */
export class Line {
  readonly socket: WebSocket;
  readonly #what: string;
  readonly #messages: string[] = [];
  #ending: { code: number; reason: string } | undefined;
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket, what: string) {
    this.socket = socket;
    this.#what = what;
    socket.on('message', (data: Buffer, isBinary) => {
      this.#messages.push(isBinary ? data.toString('hex') : data.toString());
      this.#wake();
    });
    socket.on('close', (code, reason) => {
      this.#ending = { code, reason: reason.toString() };
      this.#wake();
    });
  }

  static async open(base: string, target: string): Promise<Line> {
    const socket = new WebSocket(base.replace(/^http/, 'ws') + target, { perMessageDeflate: false });
    const line = new Line(socket, target);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_, { statusCode = 0 }) => reject(new NotServed(`${target}: ${statusCode}`)));
      socket.on('error', (error) => reject(new NotServed(`${target}: ${error.message}`)));
    });
    return line;
  }

  /** Returns the first message that `fits`. Throws NotServed if the connection ends first or nothing comes in time. */
  async hear(fits: (text: string) => boolean = () => true): Promise<string> {
    for (const end = performance.now() + patience; ;) {
      while (this.#messages.length > 0) {
        const text = this.#messages.shift() as string;
        if (fits(text)) return text;
      }
      if (this.#ending) throw new NotServed(`${this.#what}: ${this.#ending.code} ${this.#ending.reason}`);
      await this.#next(end);
    }
  }

  async closed(): Promise<number> {
    for (const end = performance.now() + patience; !this.#ending;) await this.#next(end);
    return this.#ending.code;
  }

  send(data: string | Uint8Array): void {
    this.socket.send(data);
  }

  /** Closes in order, as a program does when its work is done. */
  async end(): Promise<void> {
    this.socket.close(1000);
    await this.closed();
  }

  async #next(end: number): Promise<void> {
    if (performance.now() >= end) throw new NotServed(`${this.#what}: nothing came`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, end - performance.now());
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

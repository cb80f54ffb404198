/** The client's end of `permessage-deflate` (RFC 7692): reads its parameters, and compresses and decompresses by them. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';

/** Parameters by name; `true` for a parameter without a value. */
export type Parameters = ReadonlyMap<string, string | true>;

/** Returns the parameters of each `permessage-deflate` in a header field. The field must not contain quotes. */
export function parametersIn(field: string): Parameters[] {
  return field.split(',').flatMap((extension) => {
    const [name, ...parameters] = extension.split(';').map((part) => part.trim());
    if (name !== 'permessage-deflate') return [];
    return [new Map(parameters.map((parameter) => parameter.split('=')).map(([of = '', value]) => [of, value ?? true]))];
  });
}

/** Returns what is wrong with the answer to an offer, as a sentence; undefined if it obeys RFC 7692 §7.1. */
export function wrongAnswer(offer: Parameters, answer: Parameters): string | undefined {
  const bits = (of: Parameters, name: string): number => Number(of.get(name));
  const known = ['server_no_context_takeover', 'client_no_context_takeover', 'server_max_window_bits', 'client_max_window_bits'];
  for (const name of answer.keys()) if (!known.includes(name)) return `the answer has "${name}"`;
  if (offer.has('server_no_context_takeover') && !answer.has('server_no_context_takeover'))
    return 'the answer lacks server_no_context_takeover';
  if (offer.has('server_max_window_bits') && !(bits(answer, 'server_max_window_bits') <= bits(offer, 'server_max_window_bits')))
    return `the server's window is ${String(answer.get('server_max_window_bits'))}, not ${bits(offer, 'server_max_window_bits')} at the most`;
  if (answer.has('client_max_window_bits') && !offer.has('client_max_window_bits'))
    return 'the answer bounds the window of a client that did not offer that';
  return undefined;
}

/** The bytes that end a compressed message. The sender leaves them off the wire (RFC 7692 §7.2.1). */
const tail = Buffer.of(0, 0, 0xff, 0xff);

/** One direction of a connection. Keeps its window if each message takes over that of the message before. */
class Context {
  readonly windowBits: number;
  readonly #takesOver: boolean;
  #window = Buffer.alloc(0);

  constructor(agreed: Parameters, sender: 'client' | 'server') {
    const bits = agreed.get(`${sender}_max_window_bits`);
    this.windowBits = typeof bits === 'string' ? Number(bits) : 15;
    this.#takesOver = !agreed.has(`${sender}_no_context_takeover`);
  }

  get options() {
    const dictionary = this.#window.length > 0 ? { dictionary: this.#window } : {};
    return { windowBits: this.windowBits, finishFlush: constants.Z_SYNC_FLUSH, ...dictionary };
  }

  remember(message: Buffer): void {
    if (this.#takesOver) this.#window = Buffer.concat([this.#window, message]).subarray(-(2 ** this.windowBits));
  }
}

/** Compresses what the client sends. */
export class Deflater {
  readonly #context: Context;

  constructor(agreed: Parameters) {
    this.#context = new Context(agreed, 'client');
  }

  deflate(message: Buffer): Buffer {
    const deflated = deflateRawSync(message, this.#context.options);
    this.#context.remember(message);
    return deflated.subarray(0, deflated.length - tail.length);
  }
}

/** Decompresses what the server sent. Throws zlib's error if that breaks the agreement. */
export class Inflater {
  readonly #context: Context;

  constructor(agreed: Parameters) {
    this.#context = new Context(agreed, 'server');
  }

  inflate(payload: Uint8Array): Buffer {
    // zlib checks the size of its window only when it hands out data, so have it hand out small pieces if the window is small.
    const chunkSize = this.#context.windowBits < 11 ? 64 : 16_384;
    const message = inflateRawSync(Buffer.concat([payload, tail]), { ...this.#context.options, chunkSize });
    this.#context.remember(message);
    return message;
  }
}

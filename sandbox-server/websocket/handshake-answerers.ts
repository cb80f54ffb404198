import { orNone, type Options } from '../options.ts';
import { linkTime } from '../tap/closing-patience.ts';
import type { Behaviour, Compression } from './behaviour.ts';
import { HandshakeAnswerer } from './ws-server.ts';

/** Caps a delay at 2^31 - 1 ms, the most that `setTimeout` takes. */
const timeoutOf = (ms: number): number => Math.min(ms, 2 ** 31 - 1);

/** One answerer for each kind of connection, all made ahead. */
export class HandshakeAnswerers {
  readonly #answerers: Record<'direct' | 'tapped', Record<Compression, HandshakeAnswerer>>;

  constructor(options: Options) {
    const answerers = (closeTimeout: number) => ({
      none: new HandshakeAnswerer(options, { closeTimeout, compress: 'none' }),
      each: new HandshakeAnswerer(options, { closeTimeout, compress: 'each' }),
      takeover: new HandshakeAnswerer(options, { closeTimeout, compress: 'takeover' }),
    });
    // The tapped socket times only the client; this timeout catches a Close that is stuck on the link itself.
    const closeTimeout = orNone(options.closeTimeout) * 1000;
    this.#answerers = { direct: answerers(timeoutOf(closeTimeout)), tapped: answerers(timeoutOf(closeTimeout + linkTime)) };
  }

  /** Returns the answerer for a connection with this behaviour, with a tapped socket in between or none. */
  get(socket: 'direct' | 'tapped', behaviour: Behaviour | undefined): HandshakeAnswerer {
    return this.#answerers[socket][behaviour?.compress ?? 'none'];
  }
}

import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Options } from '../options.ts';
import { type Quota, addressQuota } from './quota.ts';

/** Beyond this many addresses, we remember only those that hold something. */
const mostAddresses = 10_000;

/** Client addresses, each with what it holds and has done of late. Forgets those that are idle. */
export class ClientAddresses {
  readonly #options: Options;
  readonly #now: () => number;
  /** The one that was looked at longest ago comes first. */
  readonly #allowances = new Map<string, Quota>();
  readonly #adopted = new WeakMap<Duplex, string>();

  constructor(options: Options, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  get size(): number {
    return this.#allowances.size;
  }

  /** Returns the allowance of the client that sent the request. */
  of(request: IncomingMessage): Quota {
    const name = this.#adopted.get(request.socket) ?? nameOf(request, this.#options.addressHeader.toLowerCase());
    // Look at two for each request, so that the table shrinks to those in use without a timer of its own.
    this.#lookAtOldest();
    this.#lookAtOldest();
    const allowance = this.#named(name);
    this.#allowances.delete(name);
    this.#allowances.set(name, allowance);
    return allowance;
  }

  /** Counts what comes on this stream for that address: the server has opened the stream on somebody's behalf. */
  adopt(stream: Duplex, address: string): void {
    this.#adopted.set(stream, address);
  }

  /** Keeps the address from being forgotten until the returned function is called. */
  hold(address: string): () => void {
    return this.#named(address).hold();
  }

  #named(name: string): Quota {
    const known = this.#allowances.get(name);
    if (known) return known;
    const allowance = addressQuota(this.#options, name, this.#now());
    this.#allowances.set(name, allowance);
    return allowance;
  }

  #lookAtOldest(): void {
    const [oldest] = this.#allowances;
    if (!oldest) return;
    const [name, allowance] = oldest;
    this.#allowances.delete(name);
    const tooMany = this.#allowances.size >= mostAddresses && !allowance.isHolding;
    if (!tooMany && !allowance.isIdle(this.#now())) this.#allowances.set(name, allowance);
  }
}

/** Returns the name to count a client under: an IPv4 address, or an IPv6 network, since its owner chooses the host part. */
function nameOf(request: IncomingMessage, header: string): string {
  const field = header === '' ? undefined : request.headers[header];
  // The last one is what the nearest proxy has seen; the client can make up those before it.
  const named = (Array.isArray(field) ? field.join(',') : field)?.split(',').at(-1)?.trim();
  const address = named !== undefined && isIP(named) ? named : (request.socket.remoteAddress ?? '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || isIP(address) !== 6) return mapped ?? address;
  return `${networkOf(address)}::/64`;
}

/** Returns the first 64 bits of an IPv6 address, as four groups without leading zeros. */
function networkOf(address: string): string {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

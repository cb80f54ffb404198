import { isIP, isIPv4 } from 'node:net';
import { hostname } from 'node:os';
import type { Options } from '../options.ts';

/** A `Host` field or the host of an origin. */
export interface HostAndPort {
  /** In lower case; an IPv6 address in brackets. */
  name: string;
  /** Empty if none is written. */
  port: string;
}

/** Reads a `Host` field (RFC 9110 §7.2); undefined if it is not one. */
export function readHost(field: string): HostAndPort | undefined {
  const [, written = '', port = ''] = /^(\[[\d.:a-f]+\]|[^\s/:?#@[\]]+)\.?(?::(\d*))?$/i.exec(field) ?? [];
  const name = URL.parse(`http://${written}`)?.hostname.replace(/\.$/, '');
  return name ? { name, port } : undefined;
}

/** Returns the parts of an option that lists several. */
export const listed = (option: string): string[] => option.split(',').flatMap((part) => part.trim().toLowerCase() || []);

/**
 * The names that clients reach a server by. An attacker's site can point its own name at this machine, and its page is then of
 * the same origin (DNS rebinding). So a name counts only if no stranger can have it: an address, a name of this machine or its
 * network, one without a dot, or one that the server's owner has named.
 */
export class HostNames {
  readonly #isLocal: boolean;
  readonly #own: ReadonlySet<string>;
  readonly #allowed: ReadonlySet<string>;

  constructor({ host, allowHost }: Pick<Options, 'host' | 'allowHost'>) {
    const own = readHost(host.includes(':') ? `[${host}]` : host)?.name ?? host;
    this.#isLocal = isLoopback(own);
    this.#own = new Set([own, ...(this.#isLocal ? [] : [hostname().toLowerCase()])]);
    this.#allowed = new Set(listed(allowHost));
  }

  /** True if a request to this host may be meant for this server. A request without a host does not come from a browser. */
  knows(field: string | undefined): boolean {
    if (field === undefined || this.#allowed.has('*')) return true;
    const { name } = readHost(field) ?? {};
    if (name === undefined) return false;
    if (isLoopback(name) || /^[^.[]+$/.test(name) || this.#own.has(name) || this.#allowed.has(name)) return true;
    // A server that lets other machines in is reached by an address or a name of its network.
    return !this.#isLocal && (isAddress(name) || name.endsWith('.local'));
  }

  /** True if the server's owner has allowed this name. */
  isAllowed(name: string): boolean {
    return this.#allowed.has(name);
  }
}

const isAddress = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0;

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'));

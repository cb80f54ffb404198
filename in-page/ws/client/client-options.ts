import type { EndOptions, GenerateMask } from '../constants.ts';
import { endDefaults } from '../constants.ts';
import type { ClientRequest } from './client-request.ts';

/** Options of a client, as the library names them. */
export interface ClientOptions extends Partial<EndOptions> {
  protocols?: string | readonly string[];
  protocolVersion?: number;
  headers?: Readonly<Record<string, string | number | readonly string[]>>;
  origin?: string;
  /** ms until the opening handshake is given up. */
  handshakeTimeout?: number;
  /** Taken, but no compression is offered: see `createWs`. */
  perMessageDeflate?: boolean | object;
  followRedirects?: boolean;
  maxRedirects?: number;
  generateMask?: GenerateMask;
  /** Sends the request when it is ready, by calling `request.end()`. */
  finishRequest?: (request: ClientRequest, websocket: unknown) => void;
}

export type ClientSettings = EndOptions &
  Omit<ClientOptions, keyof EndOptions> & { protocolVersion: number; maxRedirects: number; protocols: readonly string[] };

const versions = [8, 13];

/** Returns what a client is made with: protocols may be among the options, and the options in their place. */
export function clientSettings(protocols: unknown, options: ClientOptions | undefined): ClientSettings {
  const isObject = typeof protocols === 'object' && protocols !== null && !Array.isArray(protocols);
  const given = isObject ? (protocols as ClientOptions) : (options ?? {});
  const named = isObject || protocols === undefined ? given.protocols : protocols;
  const list = named === undefined ? [] : Array.isArray(named) ? (named as string[]) : [named as string];
  const settings = { ...endDefaults, protocolVersion: 13, maxRedirects: 10, ...given, protocols: list };
  if (versions.includes(settings.protocolVersion)) return settings;
  const supported = `(supported versions: ${versions.join(', ')})`;
  throw new RangeError(`Unsupported protocol version: ${settings.protocolVersion} ${supported}`);
}

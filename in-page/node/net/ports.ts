/** Ports and addresses as Node's programs see them. */
import { type Listener, type SocketNetwork, PortInUse, type Socket } from '../../program/network.ts';
import { systemError } from './system-error.ts';

/** Where ports that a program leaves to the system begin. */
const firstFreePort = 49152;
const lastPort = 65535;

/** Hosts that lead to this run. Any other is not found: a run has no names but these. */
const here = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1?\]?)$/i;

/** True where a host's name leads to the programs of this run. */
export const isHere = (host: string): boolean => here.test(host);

/** Listens on a port; 0 takes a free one. Throws a SystemError for a port in use. */
export function listenOn(
  network: SocketNetwork,
  port: number,
  address: string,
  accept: (socket: Socket) => void,
): { port: number; listener: Listener } {
  const last = port === 0 ? lastPort : port;
  for (let tried = port === 0 ? firstFreePort : port; ; tried++) {
    try {
      return { port: tried, listener: network.listen(tried, accept) };
    } catch (error) {
      if (!(error instanceof PortInUse)) throw error;
      if (tried < last) continue;
      const where = `${address}:${tried}`;
      throw systemError(`listen EADDRINUSE: address already in use ${where}`, 'EADDRINUSE', 'listen', { address, port: tried });
    }
  }
}

/** Returns the address on which a server listens that names this host. */
export function addressOf(host: string | null | undefined): string {
  if (host == null || host === '') return '::';
  return host === 'localhost' ? '127.0.0.1' : host;
}

/** Returns the address of a client of this machine, as a server that listens on `address` sees it. */
export function clientAddress(address: string): string {
  if (address === '::') return '::ffff:127.0.0.1';
  return address === '::1' ? '::1' : '127.0.0.1';
}

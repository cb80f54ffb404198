/** Leads the addresses of a client's program to the server of its run, whatever host they name. */
import { mapHttpToStock, mapToStock } from '../stock-server/addresses.ts';
import type { AskingBy } from './parts.ts';

/** An address that leads elsewhere than it says. */
export type OnElsewhere = (address: string, led: string) => void;

export type Lead = (address: string, by: AskingBy) => string;

const standIns = { EventSource: 'events', read: 'poll', write: 'messages' } as const;

/** Leads to the sandbox's own endpoints, as on the live network. `base` is an address on the stock server. */
export function leadToStock(base: string, onElsewhere: OnElsewhere): Lead {
  return (address, by) => {
    const mapped = by === 'WebSocket' ? mapToStock(address, base) : mapHttpToStock(address, base, standIns[by]);
    if (mapped?.isElsewhere) onElsewhere(address, mapped.url);
    return mapped?.url ?? address;
  };
}

const local = /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|.+\.localhost)$/;

/**
 * Leads an address of another host to the reader's server: to its port if that is listened on, or else to the first that is. An
 * address of this machine stays: a port on which nobody listens is refused there too.
 */
export function leadToServer(base: string, listening: readonly number[], onElsewhere: OnElsewhere): Lead {
  return (address) => {
    const url = URL.parse(address, base);
    const [first] = listening;
    if (!url || first === undefined || !/^(?:ws|http)s?:$/.test(url.protocol) || local.test(url.hostname)) return address;
    const scheme = url.protocol.replace('s:', ':').replace('w:', 'ws:');
    const port = listening.includes(Number(url.port)) ? url.port : first;
    const led = `${scheme}//localhost:${port}${url.pathname}${url.search}${url.hash}`;
    onElsewhere(address, led);
    return led;
  };
}

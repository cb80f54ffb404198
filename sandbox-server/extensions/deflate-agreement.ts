/** Which offer of `permessage-deflate` the server takes, and what it answers (RFC 7692 §5.1, §7.1). */
import type { Compression } from '../websocket/behaviour.ts';
import type { Extension } from './extension-list.ts';

const extensionName = 'permessage-deflate';
/** The server's window where it takes one over from message to message: 4 KiB, so that many connections can have one. */
const ownWindowBits = 12;

/** What an offer asks for. */
interface Offer {
  serverNoContextTakeover: boolean;
  clientNoContextTakeover: boolean;
  serverMaxWindowBits: number | undefined;
  /** `true` where the client would take a bound and names none. */
  clientMaxWindowBits: number | true | undefined;
}

/**
 * The value of the answer's `Sec-WebSocket-Extensions`: to the first offer that can be taken, in the client's order. Undefined
 * where none can, or the address does not compress: then the connection opens without (RFC 7692 §5.1).
 */
export function agreeOnDeflate(extensions: readonly Extension[], compress: Compression): string | undefined {
  if (compress === 'none') return undefined;
  for (const { name, parameters } of extensions) {
    const offer = name === extensionName ? readOffer(parameters) : undefined;
    if (offer) return answerTo(offer, compress);
  }
  return undefined;
}

/** Undefined for an offer that must be declined: with an unknown parameter, a wrong value, or one parameter twice (RFC 7692 §7.1). */
function readOffer(parameters: Extension['parameters']): Offer | undefined {
  const given = new Map(parameters);
  if (given.size < parameters.length) return undefined;
  const offer: Offer = {
    serverNoContextTakeover: given.has('server_no_context_takeover'),
    clientNoContextTakeover: given.has('client_no_context_takeover'),
    serverMaxWindowBits: undefined,
    clientMaxWindowBits: undefined,
  };
  for (const [name, value] of given) {
    const bits = value === true ? undefined : windowBits(value);
    if (name === 'server_no_context_takeover' || name === 'client_no_context_takeover') {
      if (value !== true) return undefined;
    } else if (name === 'server_max_window_bits') {
      if (bits === undefined) return undefined;
      offer.serverMaxWindowBits = bits;
    } else if (name === 'client_max_window_bits') {
      if (value !== true && bits === undefined) return undefined;
      offer.clientMaxWindowBits = bits ?? true;
    } else return undefined;
  }
  return offer;
}

/** 8 to 15, without leading zeros (RFC 7692 §7.1.2). zlib's smallest window is of 9 bits, but looks back 250 bytes at most, which fits 8. */
const windowBits = (value: string): number | undefined => (/^(?:[89]|1[0-5])$/.test(value) ? Number(value) : undefined);

function answerTo(offer: Offer, compress: 'each' | 'takeover'): string {
  const own = compress === 'takeover' ? ownWindowBits : undefined;
  const asked = offer.serverMaxWindowBits;
  const serverBits = own !== undefined && asked !== undefined ? Math.min(own, asked) : (asked ?? own);
  return [
    extensionName,
    ...(offer.serverNoContextTakeover || compress === 'each' ? ['server_no_context_takeover'] : []),
    ...(offer.clientNoContextTakeover || compress === 'each' ? ['client_no_context_takeover'] : []),
    ...(serverBits === undefined ? [] : [`server_max_window_bits=${serverBits}`]),
    // The client's own bound is taken as it is. Where it named none, it may use the whole window (RFC 7692 §7.1.2.2).
    ...(typeof offer.clientMaxWindowBits === 'number' ? [`client_max_window_bits=${offer.clientMaxWindowBits}`] : []),
  ].join('; ');
}

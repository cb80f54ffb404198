/** Checks a request's head beyond what Node's parser checks, and answers requests that the parser rejects. */
import { type IncomingMessage, maxHeaderSize } from 'node:http';
import { Refusal } from '../refusal.ts';

/** A host with an optional port, as the field takes it (RFC 9110 §7.2); empty if the target has no host. */
const hostPattern = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** Throws a Refusal for a request without a Host; only HTTP/1.0 may omit it (RFC 9112 §3.2). */
export function checkHasHost({ headers: { host }, httpVersion }: IncomingMessage): void {
  if (host === undefined && httpVersion === '1.1') {
    throw new Refusal(400, 'The request has no Host field (RFC 9112, section 3.2).', closing);
  }
}

/**
 * Settles which host a request is for: if its target names one, that host replaces the Host field's from here on (RFC 9112
 * §3.2.2). Throws a Refusal for a request with several Host fields, or with an invalid host (§3.2): Node takes the first field
 * and ignores the others, so a proxy in front of it may have looked at another one.
 */
export function settleHost(request: IncomingMessage): void {
  const { rawHeaders, headers, url = '' } = request;
  const [, named] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? [];
  if (named !== undefined && headers.host !== undefined) headers.host = named;
  const { host } = headers;
  const fields = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host');
  if (fields.length > 1) {
    throw new Refusal(400, `The request has ${fields.length} Host fields; it takes one (RFC 9112, section 3.2).`, closing);
  }
  if (host !== undefined && !hostPattern.test(host)) {
    throw new Refusal(400, 'The Host field is not a host and a port (RFC 9112, section 3.2).', closing);
  }
}

// What follows on the connection may be meant for somebody else.
const closing = { Connection: 'close' };

/** Refuses a client that expects anything but `100-continue`, the one expectation there is (RFC 9110 §10.1.1). */
export const unknownExpectation = new Refusal(417, 'The only Expect field that this server supports is 100-continue.');

/** Returns the refusal of a request that Node's parser gave up on, by the code of its error. */
export function refusalOfUnreadable({ code }: NodeJS.ErrnoException): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new Refusal(
      431,
      `The head of the request is longer than ${maxHeaderSize} bytes, the most this server reads, or has too many fields.`,
    );
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new Refusal(413, 'The chunks of the body have extensions longer than this server reads.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal(408, 'The request did not arrive in time.');
  return new Refusal(400, 'This is not an HTTP/1.1 request (RFC 9112).');
}

/** Reads `Sec-WebSocket-Protocol` as the `ws` library does. Throws a SyntaxError for what is no list of distinct tokens. */
const token = /^[!#$%&'*+\-.0-9A-Z^_`|a-z~]+$/;

export const isToken = (text: unknown): text is string => typeof text === 'string' && token.test(text);

export function parse(header: string): Set<string> {
  const protocols = new Set<string>();
  for (const part of header.split(',')) {
    const protocol = part.trim();
    if (!isToken(protocol)) throw new SyntaxError(`Unexpected character at index ${header.indexOf(part)}`);
    if (protocols.has(protocol)) throw new SyntaxError(`The "${protocol}" subprotocol is duplicated`);
    protocols.add(protocol);
  }
  return protocols;
}

/** What the endpoints' answers over HTTP say, whichever server sends them. */

/** Fields of every answer. */
export const openHeaders = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** An answer without its status: header fields, in their order, and content. */
export interface Answer {
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Returns a refusal as JSON for a program that asks for it by `accept`, otherwise as text. */
export function refusalAnswer(accept: string | undefined, message: string, headers: Answer['headers']): Answer {
  // A page of another origin may read only a few fields of an answer unless we name them (Fetch standard, CORS protocol).
  const named = Object.keys(headers).join(', ');
  const all = named === '' ? {} : { ...headers, 'Access-Control-Expose-Headers': named };
  return accept?.includes('application/json')
    ? { headers: { ...all, 'Content-Type': 'application/json' }, body: JSON.stringify({ error: message }) }
    : { headers: { ...all, 'Content-Type': 'text/plain; charset=utf-8' }, body: `${message}\n` };
}

/** Returns the fields that answer a preflight (Fetch standard, CORS protocol): any page may ask, whatever its origin. */
export const preflightHeaders = (method: string): Answer['headers'] => ({
  'Access-Control-Allow-Methods': method,
  'Access-Control-Allow-Headers': 'Content-Type, Last-Event-ID, Cache-Control',
  'Access-Control-Max-Age': '600',
});

import type { NoPlace } from './endpoints/shares.ts';

/** Thrown when we do not serve a request. `message` is a sentence for the reader, `status` the HTTP status for programs. */
export class Refusal extends Error {
  override name = 'Refusal';

  readonly status: 400 | 403 | 404 | 405 | 406 | 408 | 412 | 413 | 416 | 417 | 426 | 429 | 431 | 500 | 503;
  /** More header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** The option that bounds what was asked for, if there is one. */
  readonly limit: string | undefined;

  constructor(status: Refusal['status'], message: string, headers: Refusal['headers'] = {}, limit?: string) {
    const { stackTraceLimit } = Error;
    // Skip the stack trace: nobody reads it, and taking it costs a sixth of all the work of a refusal.
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.status = status;
    this.headers = headers;
    this.limit = limit;
  }
}

/** Refuses what would have to be closed again at once. */
export const restarting = new Refusal(503, 'The server is restarting; come back in a few seconds.', { 'Retry-After': '5' });

/** Returns the refusal when there is no place for now. */
export const noPlaceLeft = ({ reason, limit }: NoPlace): Refusal => new Refusal(503, reason, { 'Retry-After': '5' }, limit);

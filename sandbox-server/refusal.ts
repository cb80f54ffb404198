import type { NoPlace } from './endpoints/shares.ts';

/** A request is not served. `message` is a sentence for the reader, `status` the HTTP status that says it to programs. */
export class Refusal extends Error {
  override name = 'Refusal';

  readonly status: 400 | 403 | 404 | 405 | 406 | 408 | 412 | 413 | 416 | 417 | 426 | 429 | 431 | 500 | 503;
  /** More header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** The option that bounds what was asked for, where one does. */
  readonly limit: string | undefined;

  constructor(status: Refusal['status'], message: string, headers: Refusal['headers'] = {}, limit?: string) {
    const { stackTraceLimit } = Error;
    // Nobody reads where it was made, and to note that costs a sixth of all that a refusal does.
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.status = status;
    this.headers = headers;
    this.limit = limit;
  }
}

/** Refuses since there is no place, for now. */
export const noPlaceLeft = ({ reason, limit }: NoPlace): Refusal => new Refusal(503, reason, { 'Retry-After': '5' }, limit);

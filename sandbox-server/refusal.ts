import type { OptionName } from './options.ts';

/** A request is not served. `message` is a sentence for the reader, `status` the HTTP status that says it to programs. */
export class Refusal extends Error {
  override name = 'Refusal';

  readonly status: 400 | 403 | 404 | 405 | 406 | 408 | 412 | 413 | 416 | 426 | 429 | 431 | 500 | 503;
  /** More header fields of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  /** The option that bounds what was asked for, where one does. */
  readonly limit: OptionName | undefined;

  constructor(status: Refusal['status'], message: string, headers: Refusal['headers'] = {}, limit?: OptionName) {
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

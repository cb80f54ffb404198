/** The part of `negotiator` that we use. It comes without types, and those of DefinitelyTyped do not know `preferred`. */
declare module 'negotiator' {
  import type { IncomingHttpHeaders } from 'node:http';

  export default class Negotiator {
    constructor(request: { headers: IncomingHttpHeaders });
    /** Returns the available encodings that `Accept-Encoding` takes, ordered by its weights, and then as in `preferred`. */
    encodings(available: readonly string[], options: { preferred: readonly string[] }): string[];
  }
}

/** What is used of `negotiator`, which comes without types; those of DefinitelyTyped do not know `preferred`. */
declare module 'negotiator' {
  import type { IncomingHttpHeaders } from 'node:http';

  export default class Negotiator {
    constructor(request: { headers: IncomingHttpHeaders });
    /** Of those available the ones that `Accept-Encoding` takes: by its weights, and where those are equal as `preferred` has them. */
    encodings(available: readonly string[], options: { preferred: readonly string[] }): string[];
  }
}

/** The packages that stand in for Node's modules of the same names, typed as what they stand in for. */
declare module 'events/' {
  import { EventEmitter, once } from 'node:events';
  export { EventEmitter, once };
}

declare module 'buffer/' {
  import { Buffer } from 'node:buffer';
  export { Buffer };
}

declare module 'url/' {
  import { format, parse, resolve } from 'node:url';
  export { format, parse, resolve };
}

declare module 'path-browserify' {
  import type path from 'node:path';
  const posix: typeof path.posix;
  export default posix;
}

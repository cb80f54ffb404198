/** The sandbox's own server, as a program of the run. */
import type { NodeParts } from '../../../../in-page/node/node-parts.ts';
import { startStockServer } from '../../../../in-page/stock-server/start-stock-server.ts';
import type { ProgramFile } from './program-file.ts';

/** The port of the sandbox, as `npm start` has it. */
const port = 4321;

export function stockFile(parts: NodeParts): ProgramFile {
  return {
    url: '',
    firstLineShift: 0,
    isFunctionBody: false,
    run(onBegun) {
      // Nobody is pinged, so that a run comes to rest though connections are open.
      startStockServer(parts, { port, pingAfter: Infinity });
      onBegun();
      return Promise.resolve();
    },
  };
}

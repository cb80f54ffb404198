/** The programs of a run in the page. */
import type { InPageProgram } from '../../../in-page/run/run-messages.ts';
import type { RunPlan } from './run-network.ts';

/** Returns the server's program, which is the sandbox's own where the reader wrote none, and then those of the clients. */
export function inPagePrograms({ client, server, clients }: RunPlan): InPageProgram[] {
  const isOnStock = server === undefined;
  const own = server ?? { file: 'the sandbox', code: undefined };
  return [{ name: 'server', ...own, isOnStock }, ...clients.map((name) => ({ name, ...client, isOnStock }))];
}

import { expect } from 'vitest';
import { type SandboxServer } from '../server.ts';
import { startServer, until } from '../testing/client.ts';
import type { Options } from '../options.ts';

/** A server on which nothing has happened yet, and the check that nothing of what happened is left. */
export async function startWatchedServer(options: Partial<Options> = {}): Promise<
  {
    origin: string;
    port: number;
    server: SandboxServer;
    /** Waits until connections, rooms and timers are as many as at the start. */
    backToBaseLine: () => Promise<void>;
  } & AsyncDisposable
> {
  const running = await startServer(options);
  const { server } = running;
  const before = server.stats();
  return {
    ...running,
    async backToBaseLine() {
      await until(() => server.stats().connections <= before.connections);
      await until(() => server.stats().sessions <= before.sessions && server.stats().timers <= before.timers);
      expect(server.stats()).toEqual(before);
    },
  };
}

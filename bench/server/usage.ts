/** The counterpart of `child.ts` inside the server's process. */

/** Tells the parent which port the server listens on, and answers its questions. */
export function report(port: number): void {
  process.on('message', (question) => {
    if (question === 'memory') globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: (user + system) / 1e6, memory: process.memoryUsage().rss });
  });
  // The parent is gone, for whatever reason.
  process.on('disconnect', () => process.exit());
  process.send?.({ port });
}

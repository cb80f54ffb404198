/** `npm run dev`: mounts the sandbox in Astro's development server, so that lessons and sandbox share an origin there too. */
import type { Server } from 'node:http';
import type { AstroIntegration } from 'astro';
import type { Sandbox } from '../sandbox-server/sandbox.ts';

/** Returns the integration. It does nothing in a build. */
export function devSandbox(): AstroIntegration {
  let sandbox: Sandbox | undefined;
  return {
    name: 'duplex:dev-sandbox',
    hooks: {
      async 'astro:server:setup'({ server }) {
        // Import it here, since a build needs no server.
        const { createSandbox } = await import('../sandbox-server/sandbox.ts');
        const { host, allowedHosts } = server.config.server;
        const mounted = createSandbox({
          // Follow Vite: `--host` alone lets other machines in.
          host: typeof host === 'string' ? host : host === true ? '0.0.0.0' : 'localhost',
          allowHost: allowedHosts === true ? '*' : (allowedHosts ?? []).join(','),
        });
        sandbox = mounted;
        server.middlewares.use((request, response, next) => {
          if (!mounted.request(request, response)) next();
        });
        // Vite's own WebSocket, for hot reload, uses an address that the sandbox does not, so both can listen to upgrades.
        if (server.httpServer) mounted.attach(server.httpServer as Server);
      },
      async 'astro:server:done'() {
        await sandbox?.close();
      },
    },
  };
}

/** The process: options, start, signals. */
import { networkInterfaces } from 'node:os';
import { helpText, readCommand } from './command-line.ts';
import { OptionError, type Options } from './options.ts';
import { createSandboxServer } from './server.ts';
import { whyNotListening } from './why-not-listening.ts';

try {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.help) console.log(helpText());
  else await start(command.options);
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function start(options: Options): Promise<void> {
  const server = createSandboxServer(options);
  try {
    const { port, origin } = await server.listen();
    console.log(`Duplex Playground: ${origin}`);
    for (const address of lanAddresses(options.host)) console.log(`  for other machines: http://${address}:${port}`);
    const { limit, mostConnections } = server.descriptors;
    if (limit < Infinity) {
      console.log(`  at most ${mostConnections} connections at a time: ${limit} files and sockets may be open (ulimit -n)`);
    }
    if (!server.hasSite) console.log(`  only the sandbox: there is no built site in "${options.site}" (npm run build makes it)`);
  } catch (error) {
    console.error(whyNotListening(error as NodeJS.ErrnoException, options));
    process.exitCode = 1;
    return;
  }
  // This is the last resort, behind the boundaries around everything that Node calls us for: it catches a fault of Node or a
  // library in a callback of its own. Node warns that the process is then in an unknown state. We go on because a class is using
  // it, connections share little that could be broken, and ending the process would lose what they share as well.
  process.on('uncaughtException', (error) => server.faults.tell(error));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      console.log('Shutting down. Interrupt again to stop at once.');
      process.once(signal, () => process.exit(1));
      server.close().catch((error: unknown) => {
        server.faults.tell(error);
        process.exit(1);
      });
    });
  }
}

/** Returns this machine's addresses, if the host lets other machines in. */
function lanAddresses(host: string): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [];
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}

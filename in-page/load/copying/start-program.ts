/**
 * Returns a program that starts the server, and the client once the server listens. Each is a process of its own, and no shell is
 * needed that could start two.
 */
export function startProgram(server: string, client: string, options: readonly string[], base: URL): string {
  const port = base.port === '' ? (base.protocol === 'https:' ? '443' : '80') : base.port;
  const parameters = [...options, client].map((part) => `'${part}'`).join(', ');
  return `// Starts ${server}, and ${client} once something listens on port ${port}. Ctrl+C ends both.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';

const start = (...words) => spawn(process.execPath, words, { stdio: 'inherit' });
const server = start('${server}');

function startClient(triesLeft) {
  if (server.exitCode !== null) return;
  const probe = connect(${port}, '${base.hostname}');
  probe.on('connect', () => {
    probe.destroy();
    start(${parameters});
  });
  probe.on('error', () => {
    if (triesLeft > 0) setTimeout(startClient, 100, triesLeft - 1);
    else start(${parameters});
  });
}
startClient(100);
`;
}

/** Our server, its limits lifted like its peers', unless the environment sets others. */
import { readCommand } from '../../sandbox-server/command-line.ts';
import { createSandboxServer } from '../../sandbox-server/server.ts';
import { report } from '../server/usage.ts';

const command = readCommand([], { PROFILE: 'lifted', ...process.env, PORT: '0', HOST: '127.0.0.1', SITE: 'no-such-folder' });
if (command.help) throw new Error('Cannot start: help was asked for');
const server = createSandboxServer(command.options);
const { port } = await server.listen();
report(port);

/** Ours, its limits lifted like those of its peers. */
import { createSandboxServer } from '../../sandbox-server/server.ts';
import { report } from '../server/usage.ts';

const server = createSandboxServer({ port: 0, host: '127.0.0.1', site: 'no-such-folder', profile: 'lifted' });
const { port } = await server.listen();
report(port);

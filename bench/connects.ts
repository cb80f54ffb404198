/** `node bench/connects.ts`: opens and closes 50,000 connections; prints the server's stats and memory before and after. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSandboxServer } from '../sandbox-server/server.ts';
import { comeAndGo } from './server/figures.ts';

const count = Number(process.env['COUNT'] ?? 50_000);
const server = createSandboxServer({ port: 0, host: '127.0.0.1', site: 'no-such-folder' });
const { port } = await server.listen();
const before = JSON.stringify(server.stats());
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Returns the memory in use, in the heap and outside it, after a garbage collection. */
function memory(): string {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return `${((heapUsed + external) / 2 ** 20).toFixed(1)} MiB in use`;
}

await comeAndGo(port, 2000);
console.log(`before: ${before}, after the first 2000 ${memory()}`);
await comeAndGo(port, count - 2000);
const patience = Date.now() + 10_000;
while (JSON.stringify(server.stats()) !== before && Date.now() < patience)
  await new Promise((resolve) => setTimeout(resolve, 50));
const after = JSON.stringify(server.stats());
console.log(`after ${count}: ${after}, ${memory()}`);
if (after !== before) {
  console.error('Something is left behind.');
  process.exitCode = 1;
}
await server.close();

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connect, startServer, until } from './testing/client.ts';
import { startProcess } from './testing/server-process.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

function run(...argv: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [main, '--host', '127.0.0.1', '--site', 'no-such-folder', ...argv]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

test('the process prints where to go, and on SIGTERM closes with 1012 and ends with 0', async () => {
  const { child, output } = run('--port', '0');
  while (!output().includes('\n')) await once(child.stdout as NodeJS.ReadableStream, 'data');
  const origin = /^Duplex Playground: (http:\/\/127\.0\.0\.1:\d+)$/m.exec(output())?.[1] ?? '';
  const client = await connect(`${origin}/echo`);
  child.kill('SIGTERM');
  expect((await client.closed).code).toBe(1012);
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a port in use is reported in a sentence that names another, without a stack', async () => {
  await using running = await startServer();
  const { child, output } = run('--port', String(running.port));
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(output()).toBe(
    `Cannot listen: port ${running.port} of 127.0.0.1 is in use. Stop what uses it, or choose another: --port ${running.port + 1}\n`,
  );
});

test('a wrong option ends the process with 2 and only the sentence', async () => {
  const { child, output } = run('--port', 'soon');
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(output()).toBe('--port is "soon"; it takes a whole number from 0 to 65535.\n');
});

test('a throw or a rejection outside every boundary is logged and counted, and ends nothing', async () => {
  const beyond =
    'process.on("SIGUSR2", () => { setTimeout(() => { throw new Error("beyond all") }); Promise.reject(new Error("nobody waits")); })';
  const nodeOptions = `--import=data:text/javascript,${encodeURIComponent(beyond)}`;
  await using server = await startProcess(['--site', 'no-such-folder'], { nodeOptions });
  const client = await connect(`${server.origin}/echo`);
  server.signal('SIGUSR2');
  await until(() => /Z Error: beyond all$/m.test(server.output()) && /Z Error: nobody waits$/m.test(server.output()));
  client.socket.send('still here');
  expect(await client.messages.next()).toBe('still here');
  expect(await (await fetch(`${server.origin}/metrics`)).text()).toContain('\nduplex_faults_total 2\n');
});

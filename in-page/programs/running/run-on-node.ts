/** Runs a tutorial's programs on Node with the real `ws`: a process each, and real sockets on this machine. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readSource } from '../../load/read-source.ts';
import { type NodeProcess, startProcess } from './node-process.ts';
import { emptyTranscript, mayStart, type Transcript, type TutorialClient, type TutorialProgram } from './program.ts';

/** Of waiting for the clients; a client that takes longer says so in its transcript. ms */
const limit = 20_000;
/** What comes so long after the clients are over still belongs to the run. ms */
const grace = 150;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Returns the name of the written file. Node tells a module from CommonJS by it. */
function write(folder: string, name: string, code: string): string {
  const file = join(folder, `${name}.${readSource(code).kind === 'module' ? 'mjs' : 'cjs'}`);
  writeFileSync(file, code);
  return file;
}

/** Returns what a tutorial's programs print. `packages` is the folder of packages that they can import. */
export async function runOnNode(program: TutorialProgram, packages = 'node_modules'): Promise<Transcript> {
  const folder = mkdtempSync(join(tmpdir(), 'tutorial-'));
  symlinkSync(resolve(packages), join(folder, 'node_modules'));
  for (const [path, text] of Object.entries(program.files ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const started: NodeProcess[] = [];
  try {
    return await run(program, folder, started);
  } finally {
    for (const one of started) one.kill();
    await Promise.all(started.map(({ ended }) => ended));
    rmSync(folder, { recursive: true });
  }
}

async function run(program: TutorialProgram, folder: string, started: NodeProcess[]): Promise<Transcript> {
  const transcript = emptyTranscript(program);
  const waiting = new Set<() => void>();
  let port = 0;
  const start = (name: string, code: string): NodeProcess => {
    const one = startProcess(folder, write(folder, name, code), (line) => {
      transcript[name]?.push(line.replaceAll(String(port || 'none'), '8080'));
      for (const look of waiting) look();
    });
    started.push(one);
    return one;
  };
  const runClient = async (client: TutorialClient): Promise<void> => {
    while (!mayStart(client, transcript)) await new Promise<void>((look) => waiting.add(look));
    await start(client.name, client.code.replaceAll('8080', String(port))).ended;
  };
  port = await start('server', program.server).port;
  const over = Promise.all(program.clients.map(runClient)).then(() => true);
  if (!(await Promise.race([over, wait(limit).then(() => false)]))) transcript['server']?.push('timed out');
  await wait(grace + (program.lingers ?? 0));
  return transcript;
}

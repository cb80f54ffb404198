/**
 * `node in-page/programs/record-real.ts [packages]`: runs every program on Node with the real `ws` and writes what it printed to
 * `real.json`. Tests compare the in-page network with that. Run it again after changing a program or the version of `ws`.
 *
 * Programs that need a package which is not the project's are recorded with those in the folder `packages`, a `node_modules` that
 * has `ws` too; without it, they keep what was recorded before.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecorded, allPrograms } from './all-programs.ts';
import { readRecording, recordingFile, type Recording } from './recording.ts';
import { runOnNode } from './running/run-on-node.ts';
import type { Transcript, TutorialProgram } from './running/program.ts';

const own = 'node_modules';
const other = process.argv[2];
const before = existsSync(recordingFile) ? readRecording() : undefined;
const versionIn = (packages: string, name: string): string =>
  (JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as { version: string }).version;
const version = versionIn(own, 'ws');
const others = { ...before?.others };

async function transcriptOf(program: TutorialProgram): Promise<Transcript> {
  if (program.needs === undefined) return runOnNode(program);
  if (other !== undefined) {
    others[program.needs] = versionIn(other, program.needs);
    return runOnNode(program, other);
  }
  const recorded = before?.transcripts[program.name];
  if (!recorded) throw new Error(`${program.name} needs ${program.needs}: name a folder of packages that has it.`);
  return recorded;
}

const transcripts: Record<string, Transcript> = {};
for (const program of allPrograms.filter(isRecorded)) transcripts[program.name] = await transcriptOf(program);
const recording: Recording = { version, others, transcripts };
writeFileSync(recordingFile, `${JSON.stringify(recording, undefined, 1)}\n`);
console.log(`${Object.keys(transcripts).length} programs, ws ${version}`);

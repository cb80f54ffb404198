/**
 * `node in-page/ws/cases/record-real.ts`: runs every case with the real `ws` on Node and writes what its programs saw to
 * `real.json`. Tests compare the library in the page with that, so that none of them waits for real time. Run it again after
 * changing a case or the version of `ws`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordingFile, type Recording } from './recording.ts';
import { runOnNode } from './running/run-on-node.ts';
import type { Transcript } from './running/world.ts';
import { suites } from './suite/all-cases.ts';

const { version } = JSON.parse(readFileSync(join('node_modules', 'ws', 'package.json'), 'utf8')) as { version: string };
const transcripts: Record<string, Transcript> = {};
for (const one of Object.values(suites).flat()) transcripts[one.name] = await runOnNode(one);
const recording: Recording = { version, transcripts };
writeFileSync(recordingFile, `${JSON.stringify(recording, undefined, 1)}\n`);
console.log(`${Object.keys(transcripts).length} cases, ws ${version}`);
process.exit();

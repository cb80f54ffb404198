import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../scripts/test/thorough.ts';
import { allPrograms, isRecorded } from './all-programs.ts';
import { readRecording } from './recording.ts';
import { runOnNode } from './running/run-on-node.ts';

const { transcripts } = readRecording();
const installed = allPrograms.filter((program) => isRecorded(program) && program.needs === undefined);

// Real processes, sockets and time: a machine that stalls may swap what comes first and what comes second, but not three times.
describe('on Node, with the real ws, programs print what is recorded of them', { retry: 2 }, () => {
  test.each(sampleOf(installed, 12))('$name', async (program) => {
    expect(await runOnNode(program)).toEqual(transcripts[program.name]);
  });
});

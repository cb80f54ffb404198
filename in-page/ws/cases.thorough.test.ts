import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../scripts/test/thorough.ts';
import { readRecording } from './cases/recording.ts';
import { runOnNode } from './cases/running/run-on-node.ts';
import { suites } from './cases/suite/all-cases.ts';

const { transcripts } = readRecording();

// Real sockets and real time: a machine that stalls may swap what comes first and what comes second, but not three times.
describe('the real library does what its recording says', { retry: 2 }, () => {
  test.each(sampleOf(Object.values(suites).flat(), 40))('$name', async (one) => {
    expect(await runOnNode(one)).toEqual(transcripts[one.name]);
  });
});

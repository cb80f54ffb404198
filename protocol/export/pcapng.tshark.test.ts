import { describe, expect, test } from 'vitest';
import type { Trace } from '../trace/trace.ts';
import { corpus, cutCorpus, framesOf, isWhole, recordedTraces } from './corpus-for-tests.ts';
import { toPcapng } from './pcapng.ts';
import { streamsOf } from './streams.ts';
import { dissect, tsharkVersion } from './tshark-for-tests.ts';

const every = corpus();
const traces: [name: string, trace: Trace][] = [['every kind of frame', every], ...recordedTraces()];

describe.skipIf(!tsharkVersion)(
  `a pcapng export read by tshark ${tsharkVersion ?? '(skipped: tshark is not installed)'}`,
  { timeout: 300_000 },
  () => {
    test.each(traces)(
      '%s: no bad checksum, lost segment, retransmission or malformed packet; the same frames in the same order, field by field',
      (_, trace) => {
        const { frames, warnings } = dissect(toPcapng(trace));
        expect(warnings).toBe('');
        // The payload of a cut frame cannot be compared.
        if (!isWhole(trace)) return;
        const streams = streamsOf(trace).map(({ connection }) => connection);
        const seen = frames.map(({ stream, fromServer, ...frame }) => ({
          connection: streams[stream],
          direction: fromServer ? 'server-to-client' : 'client-to-server',
          ...frame,
        }));
        const sent = framesOf(trace);
        expect(seen).toHaveLength(sent.length);
        expect(seen).toEqual(sent);
      },
    );

    test('tshark reads the headers of frames that the tap cut short', () => {
      const headers = dissect(toPcapng(cutCorpus())).frames.map(({ opcode, fin, key, length }) => ({ opcode, fin, key, length }));
      expect(headers).toEqual(framesOf(every).map(({ opcode, fin, key, length }) => ({ opcode, fin, key, length })));
    });

    test('tshark warns of a single spoiled byte', () => {
      const file = toPcapng(every);
      const at = Buffer.from(file).indexOf('GET /echo');
      file[at + 1] = 0x58;
      expect(dissect(file).warnings).toContain('Bad checksum');
    });
  },
);

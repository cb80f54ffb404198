/** What the tutorials' programs printed on Node with the real libraries (`record-real.ts`). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transcript } from './running/program.ts';

export interface Recording {
  /** Of `ws`. */
  version: string;
  /** Versions of the packages that are not the project's, by their names. */
  others: Record<string, string>;
  /** By the names of the programs. */
  transcripts: Record<string, Transcript>;
}

export const recordingFile = join(import.meta.dirname, 'real.json');

export const readRecording = (): Recording => JSON.parse(readFileSync(recordingFile, 'utf8')) as Recording;

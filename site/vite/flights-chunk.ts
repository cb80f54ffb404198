/** The modules that every page with a timeline needs, in one chunk: split by what else shares them, they would be a dozen. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const modules = [
  'protocol/collections/binary-search',
  'protocol/measures/duplex',
  'protocol/trace/client-name',
  'protocol/trace/compression',
  'protocol/trace/exchange',
  'protocol/trace/exchange-flights',
  'protocol/trace/exchange-index',
  'protocol/trace/exchange-sightings',
  'protocol/trace/flight',
  'protocol/trace/flight-index',
  'protocol/trace/flight-side',
  'protocol/trace/flight-table',
  'protocol/trace/trace',
  'protocol/wire/opcode',
  'protocol/words/count',
  'site/timeline/conversation/flight-time-index',
];

/** Returns a pattern for the paths of these modules. Throws for one that does not exist: the bundler would just leave it out. */
export function patternOf(names: readonly string[]): RegExp {
  const absent = names.filter((name) => !existsSync(fileURLToPath(new URL(`../../${name}.ts`, import.meta.url))));
  if (absent.length > 0) {
    throw new Error(`site/vite/flights-chunk.ts names modules that do not exist: ${absent.join(', ')}. Name where they are now.`);
  }
  return new RegExp(`/(?:${names.join('|')})\\.ts$`);
}

/** Matches the paths of the modules in the chunk. */
export const flights = patternOf(modules);

/** Matches the paths of what reads a frame's bytes: apart, its parts would be a request each. */
export const frames = patternOf(['protocol/wire/frame', 'protocol/trace/payload']);

/** Says what link conditions may be, in words and as the schema of a message on the tap. */
import { z } from 'zod';
import { conditionRanges as ranges, duplexModes as modes } from '../protocol/wire/link-ranges.ts';

const units = {
  latency: 'of ms one way, ',
  jitter: 'of ms one way, ',
  bandwidth: 'of bit/s, ',
  seed: '',
  loss: 'of units lost in a hundred, ',
  cut: 'of ms after the opening, ',
  silent: 'of ms after the opening, ',
};

/** Says in words what each condition may be. */
export function linkRanges(): { name: string; takes: string }[] {
  const numbers = Object.entries(ranges).map(([name, [least, most]]) => {
    const none = name === 'bandwidth' ? ', or 0 for no limit' : '';
    return { name, takes: `a whole number ${units[name as keyof typeof ranges]}from ${least} to ${most}${none}` };
  });
  const simplex = '"simplex" carries only server-to-client, so HTTP is refused on it';
  return [{ name: 'duplex', takes: `${modes.map((mode) => `"${mode}"`).join(' or ')}; ${simplex}` }, ...numbers];
}

const between = ([least, most]: readonly [number, number]) => z.number().min(least).max(most);

/** The conditions as JSON on the tap. */
export const conditionsSchema = z.strictObject({
  duplex: z.enum(modes).exactOptional(),
  latency: between(ranges.latency).exactOptional(),
  jitter: between(ranges.jitter).exactOptional(),
  bandwidth: z.union([z.literal(0), between(ranges.bandwidth)]).exactOptional(),
  seed: z.int().min(ranges.seed[0]).max(ranges.seed[1]).exactOptional(),
  loss: between(ranges.loss).exactOptional(),
  cut: between(ranges.cut).exactOptional(),
  silent: between(ranges.silent).exactOptional(),
});

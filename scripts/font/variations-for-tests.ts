/**
 * Finds what the browsers' font sanitizer (OTS) refuses in variation tables: a font with one such fault loses all of them, and
 * with them every weight but its regular one. OpenType 1.9.1, "Font variations common table formats", "gvar" and "avar".
 */

/** Returns the tables of an sfnt file, by tag. */
export function tablesOf(sfnt: Buffer): Map<string, DataView> {
  const tables = new Map<string, DataView>();
  for (let i = 0, at = 12; i < sfnt.readUInt16BE(4); i++, at += 16) {
    const [start, length] = [sfnt.readUInt32BE(at + 8), sfnt.readUInt32BE(at + 12)];
    tables.set(sfnt.toString('latin1', at, at + 4), new DataView(sfnt.buffer, sfnt.byteOffset + start, length));
  }
  return tables;
}

const f2dot14 = (table: DataView, at: number): number => table.getInt16(at) / 16_384;

/** Returns faults in one axis of a region or tuple: its normalised coordinates go from -1 to 1, in order, not across 0. */
function faultsOfRange(where: string, start: number, peak: number, end: number): string[] {
  if ([start, peak, end].some((value) => Math.abs(value) > 1)) {
    return [`${where}: coordinate not in the range -1 to 1: ${start}, ${peak}, ${end}`];
  }
  if (start > peak || peak > end) return [`${where}: coordinates out of order: ${start}, ${peak}, ${end}`];
  return start < 0 && end > 0 && peak !== 0 ? [`${where}: a range across 0: ${start}, ${peak}, ${end}`] : [];
}

/** The limits of an axis, in the style's own unit. */
export interface Axis {
  tag: string;
  min: number;
  default: number;
  max: number;
}

/** Returns the axes of `fvar`. */
export function axesOf(fvar: DataView): Axis[] {
  const [first, count, size] = [fvar.getUint16(4), fvar.getUint16(8), fvar.getUint16(10)];
  return Array.from({ length: count }, (_, i) => {
    const at = first + i * size;
    const [min = 0, fallback = 0, max = 0] = [4, 8, 12].map((offset) => fvar.getInt32(at + offset) / 65_536);
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((offset) => fvar.getUint8(at + offset)));
    return { tag, min, default: fallback, max };
  });
}

function faultsOfAvar(avar: DataView, axes: number): string[] {
  const faults: string[] = [];
  for (let axis = 0, at = 8; axis < axes; axis++) {
    const count = avar.getUint16(at);
    const pairs = Array.from(
      { length: count },
      (_, i) => [f2dot14(avar, at + 2 + 4 * i), f2dot14(avar, at + 4 + 4 * i)] as const,
    );
    at += 2 + 4 * count;
    for (const fixed of [-1, 0, 1]) {
      if (!pairs.some(([from, to]) => from === fixed && to === fixed)) faults.push(`avar: ${fixed} is not mapped to itself`);
    }
    if (pairs.some(([from, to]) => Math.abs(from) > 1 || Math.abs(to) > 1)) faults.push('avar: a value beyond 1');
    const falls = pairs.some(([from, to], i) => i > 0 && (from <= (pairs[i - 1]?.[0] ?? 0) || to < (pairs[i - 1]?.[1] ?? 0)));
    if (falls) faults.push('avar: a map that falls');
  }
  return faults;
}

/** Returns faults in the regions of the item variation store at `at`. */
function faultsOfStore(name: string, table: DataView, at: number): string[] {
  const list = at + table.getUint32(at + 2);
  const [axes, regions] = [table.getUint16(list), table.getUint16(list + 2)];
  return Array.from({ length: axes * regions }, (_, i) => list + 4 + 6 * i).flatMap((place) =>
    faultsOfRange(name, f2dot14(table, place), f2dot14(table, place + 2), f2dot14(table, place + 4)),
  );
}

function faultsOfGvar(gvar: DataView, axes: number): string[] {
  const faults: string[] = [];
  const tuple = (at: number): number[] => Array.from({ length: axes }, (_, i) => f2dot14(gvar, at + 2 * i));
  const [shared, sharedAt, glyphs, flags, data] = [
    ...[gvar.getUint16(6), gvar.getUint32(8), gvar.getUint16(12), gvar.getUint16(14), gvar.getUint32(16)],
  ] as [number, number, number, number, number];
  for (let i = 0; i < shared; i++)
    for (const peak of tuple(sharedAt + 2 * axes * i)) faults.push(...faultsOfRange('gvar, shared', peak, peak, peak));
  const offset = (i: number): number => (flags & 1 ? gvar.getUint32(20 + 4 * i) : 2 * gvar.getUint16(20 + 2 * i));
  for (let glyph = 0; glyph < glyphs; glyph++) {
    if (offset(glyph) === offset(glyph + 1)) continue;
    const start = data + offset(glyph);
    let at = start + 4;
    for (let i = 0; i < (gvar.getUint16(start) & 0x0fff); i++) {
      const index = gvar.getUint16(at + 2);
      at += 4;
      // Read an embedded peak, then the ends of an intermediate region.
      const peaks = index & 0x8000 ? tuple(at) : tuple(sharedAt + 2 * axes * (index & 0x0fff));
      if (index & 0x8000) at += 2 * axes;
      const [from, to] = index & 0x4000 ? [tuple(at), tuple(at + 2 * axes)] : [peaks, peaks];
      if (index & 0x4000) at += 4 * axes;
      for (const [axis, peak] of peaks.entries())
        faults.push(...faultsOfRange(`gvar, glyph ${glyph}`, from[axis] ?? 0, peak, to[axis] ?? 0));
    }
  }
  return faults;
}

/** Returns all faults of the variation tables; an empty list if browsers keep them. */
export function variationFaults(tables: ReadonlyMap<string, DataView>): string[] {
  const missing = ['fvar', 'avar', 'gvar', 'HVAR', 'MVAR', 'GDEF'].filter((tag) => !tables.has(tag));
  if (missing.length > 0) return [`no table ${missing.join(', ')}`];
  const table = (tag: string): DataView => tables.get(tag) as DataView;
  const axes = axesOf(table('fvar'));
  const [gdef, mvar] = [table('GDEF'), table('MVAR')];
  return [
    ...axes
      .filter(({ min, default: middle, max }) => min > middle || middle > max)
      .map(({ tag }) => `fvar: ${tag} is out of order`),
    ...faultsOfAvar(table('avar'), axes.length),
    ...faultsOfGvar(table('gvar'), axes.length),
    ...faultsOfStore('HVAR', table('HVAR'), table('HVAR').getUint32(4)),
    ...faultsOfStore('MVAR', mvar, mvar.getUint16(10)),
    // GDEF has a store, for positions in GPOS, since version 1.3.
    ...(gdef.getUint32(0) >= 0x00010003 && gdef.getUint32(14) > 0 ? faultsOfStore('GDEF', gdef, gdef.getUint32(14)) : []),
  ];
}

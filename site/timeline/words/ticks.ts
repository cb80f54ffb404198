/** Works out the marks of a ruler. Times are in milliseconds. */

/** A mark of the ruler. */
export interface Tick {
  time: number;
  label: string;
}

/** Returns about `count` round times from `from` to `to`: steps of 1, 2 or 5 times a power of ten, all in one unit. */
export function ticks(from: number, to: number, count: number): Tick[] {
  if (!(to > from) || count < 1) return [];
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power - 1e-9;
  const step = power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
  const inSeconds = to >= 1000 && step >= 10;
  const unit = inSeconds ? 1000 : 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(step / unit) + 1e-9));
  const marks: Tick[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
    const time = i * step;
    marks.push({ time, label: i === 0 ? '0' : `${(time / unit).toFixed(decimals)} ${inSeconds ? 's' : 'ms'}` });
  }
  return marks;
}

/** Puts times into words, and works out the marks of a ruler. All in milliseconds. */

/** Returns a time or duration to three digits, since one list holds all sizes: `0.42 ms`, `42.1 ms`, `502 ms`, `1.24 s`. */
export function formatTime(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 999.5) return `${(ms / 1000).toFixed(size >= 99_995 ? 0 : 2)} s`;
  return `${ms.toFixed(size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2)} ms`;
}

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

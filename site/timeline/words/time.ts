/** Puts times into words. */

/** Returns a time or duration to three digits, since one list holds all sizes: `0.42 ms`, `42.1 ms`, `502 ms`, `1.24 s`. */
export function formatTime(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 999.5) return `${(ms / 1000).toFixed(size >= 99_995 ? 0 : 2)} s`;
  return `${ms.toFixed(size >= 99.95 || size === 0 ? 0 : size >= 9.995 ? 1 : 2)} ms`;
}

/** Returns bytes in round words, for a chart's axis and for prose: `5.0 MB`, `66 kB`, `9 B`. In powers of ten. */
export function roundBytes(bytes: number): string {
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return bytes >= 1e3 ? `${Math.round(bytes / 1e3)} kB` : `${bytes} B`;
}

/** Returns bytes in words, in powers of ten: `5.0 MB`, `66 kB`, `9 B`. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`;
  return bytes >= 1e3 ? `${Math.round(bytes / 1e3)} kB` : `${bytes} B`;
}

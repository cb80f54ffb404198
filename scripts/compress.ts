/** Compresses the built site once, so that the server sends what a browser takes without compressing anything itself. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const compressible = /\.(html|js|css|svg|json|xml|txt|wasm|map)$/;
/** Smaller files fit into a packet as they are, bytes. */
const least = 1024;
/** Above this, bytes, the best compression takes seconds a file; a step below takes a tenth of that. */
const large = 300_000;

/** Writes a `.br` and a `.gz` beside every file below `folder` that is worth it. */
export function compressFolder(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    if (!compressible.test(name) || statSync(file).size < least) continue;
    const bytes = readFileSync(file);
    const quality = bytes.length > large ? 6 : constants.BROTLI_MAX_QUALITY;
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
    writeFileSync(`${file}.gz`, gzipSync(bytes));
  }
}

/** Compresses the built site once, so that the server need not compress anything itself. */
import { readdirSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(html|js|css|svg|json|xml|txt|wasm|map)$/;
/** Smaller files, in bytes, fit into a packet uncompressed. */
const least = 1024;
/** Above this size, in bytes, the best compression takes seconds per file; a lower level takes a tenth of that. */
const large = 300_000;

/** Writes a `.br` and a `.gz` beside every file below `folder` that is worth it. Reports progress to `onFile`. */
export async function compressFolder(
  folder: string,
  onFile: (done: number, all: number) => void = () => undefined,
): Promise<void> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => join(folder, name)).filter((file) => compressible.test(file) && statSync(file).size >= least);
  const rest = files.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const file of rest) {
      await compress(file);
      onFile(++done, files.length);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const quality = bytes.length > large ? 6 : constants.BROTLI_MAX_QUALITY;
  const brotli = await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  await writeFile(`${file}.br`, brotli);
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes));
}

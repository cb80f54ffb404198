import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { lookup } from 'mrmime';
import type { Descriptors } from '../descriptors.ts';
import { outOfDescriptors } from '../fault-boundary.ts';
import { Refusal } from '../refusal.ts';
import { siteHeaders } from './site-headers.ts';
import { readRange } from './byte-range.ts';
import { acceptedCodings, type ContentCoding } from './content-coding.ts';
import { isFile, type SiteFile } from './find-file.ts';
import { isRangeOfThis, judgeConditions, type Validators } from './preconditions.ts';

type Fields = Record<string, string | number>;

/** Error codes of an answer whose client has left. */
const clientIsGone = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_UNABLE_TO_PIPE',
  'ECONNRESET',
  'EPIPE',
]);

const vary = { Vary: 'Accept-Encoding' };

/**
 * Answers a GET or HEAD with a file, or with what its conditions and its range come to. Rejects with a Refusal, or with an error
 * of the file system.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  found: SiteFile,
  descriptors: Descriptors,
): Promise<void> {
  await itsTurn(response);
  const coding = await codingFor(request, found);
  if (!coding) {
    const sentence = 'Accept-Encoding rules out every form of this file that there is: br, gzip, identity.';
    throw new Refusal(406, sentence, vary);
  }
  await withFile(found.file + coding.suffix, descriptors, async (handle, length, validators) => {
    const { status, ...condition } = judgeConditions(request.headers, validators);
    if ('failed' in condition) {
      throw new Refusal(412, `The file is not what the condition asks for: ${condition.failed} is not met.`);
    }
    const fields: Fields = { ...siteHeaders(found, request.headers), ...vary, ETag: validators.etag };
    if (status === 304) {
      response.writeHead(304, fields).end();
      return;
    }
    Object.assign(fields, content(found, coding), {
      'Last-Modified': new Date(validators.modified).toUTCString(),
      'Accept-Ranges': 'bytes',
    });
    const range = rangeIn(request, length, validators);
    const { first, last } = range ?? { first: 0, last: length - 1 };
    if (range) fields['Content-Range'] = `bytes ${first}-${last}/${length}`;
    await write(response, range ? 206 : 200, fields, handle, { first, last });
  });
}

/** Answers an error with a file as its page: whole, whatever the request's conditions, and not to be stored. */
export async function sendErrorPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  found: SiteFile,
  descriptors: Descriptors,
): Promise<void> {
  await itsTurn(response);
  const coding = (await codingFor(request, found)) ?? { suffix: '', encoding: undefined };
  await withFile(found.file + coding.suffix, descriptors, async (handle, length) => {
    const fields = {
      ...siteHeaders(found, request.headers),
      ...vary,
      ...content(found, coding),
      'Cache-Control': 'no-store',
    };
    await write(response, status, fields, handle, { first: 0, last: length - 1 });
  });
}

/**
 * Waits until the response's turn on its connection, since answers come in the order of the requests (RFC 9112 §9.3.2). So a
 * connection holds one file open at a time, however many it asks for at once.
 */
async function itsTurn(response: ServerResponse): Promise<void> {
  // If the client leaves first, only the response itself holds on to this promise.
  if (!response.socket) await new Promise((resolve) => response.once('socket', resolve));
}

/** Returns the first form that the request accepts and that exists. */
async function codingFor(request: IncomingMessage, { file }: SiteFile): Promise<ContentCoding | undefined> {
  for (const coding of acceptedCodings(request)) {
    if (coding.suffix === '' || (await isFile(file + coding.suffix))) return coding;
  }
  return undefined;
}

/** Returns the fields that say what the bytes are. */
function content({ file }: SiteFile, { encoding }: ContentCoding): Fields {
  const type = lookup(file) ?? 'application/octet-stream';
  return {
    'Content-Type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    ...(encoding && { 'Content-Encoding': encoding }),
  };
}

/** Opens a file for as long as `use` takes. Length and state are those of the opened file, whatever replaces it meanwhile. */
async function withFile(
  path: string,
  descriptors: Descriptors,
  use: (handle: FileHandle, length: number, validators: Validators) => Promise<void>,
): Promise<void> {
  const release = descriptors.take();
  if (!release) throw outOfDescriptors();
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const { size, mtimeNs } = await handle.stat({ bigint: true });
    // Include the nanoseconds and the form, so that no two states of a file have the same tag.
    const form = /(?:\.(?:br|gz))?$/.exec(path)?.[0] ?? '';
    const etag = `"${size.toString(36)}-${mtimeNs.toString(36)}${form}"`;
    const modified = Number(mtimeNs / 1_000_000_000n) * 1000;
    await use(handle, Number(size), { etag, modified });
  } finally {
    await handle?.close();
    release();
  }
}

/** Returns the range to send; undefined for the whole file. Throws a Refusal if the range contains no byte. */
function rangeIn({ method, headers }: IncomingMessage, length: number, validators: Validators) {
  // Ranges are defined only for GET (RFC 9110 §14.2).
  if (method !== 'GET' || !isRangeOfThis(headers['if-range'] as string | undefined, validators, Date.now())) return undefined;
  const range = readRange(headers.range, length);
  if (range !== 'unsatisfiable') return range;
  const sentence = `The file has ${length} bytes; none of them is in the range "${headers.range?.slice(0, 80)}".`;
  throw new Refusal(416, sentence, { 'Content-Range': `bytes */${length}`, 'Accept-Ranges': 'bytes' });
}

async function write(
  response: ServerResponse,
  status: number,
  fields: Fields,
  handle: FileHandle,
  { first, last }: { first: number; last: number },
): Promise<void> {
  const length = last - first + 1;
  response.writeHead(status, { ...fields, 'Content-Length': length });
  if (length === 0 || response.req.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = handle.createReadStream({ start: first, end: last, autoClose: false });
  try {
    await pipeline(stream, response, { end: false });
  } catch (error) {
    if (clientIsGone.has((error as NodeJS.ErrnoException).code ?? '')) return;
    throw error;
  }
  if (stream.bytesRead === length) response.end();
  // The file was cut short meanwhile. The client must not wait for the rest, or take what has come for the whole.
  else response.destroy();
}

/** A form as `multipart/form-data` (HTML §4.10.22.7). The boundary comes from the run's chance, which the platform's would not. */
import { concatBytes } from '../../../protocol/collections/concat-bytes.ts';
import type { RandomBytes } from '../parts.ts';
import type { RequestBody } from './request-body.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AB';

/** Returns a name with what would end it escaped. */
const escaped = (name: string): string => name.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22');

export function multipart(form: FormData, random: RandomBytes): RequestBody {
  const boundary = `----WebKitFormBoundary${Array.from(random(16), (byte) => letters.charAt(byte & 63)).join('')}`;
  const parts: (string | Blob)[] = [];
  for (const [name, value] of form) {
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`);
    if (typeof value === 'string') parts.push('\r\n\r\n', value.replace(/\r\n|\r|\n/g, '\r\n'), '\r\n');
    else {
      const type = value.type || 'application/octet-stream';
      parts.push(`; filename="${escaped(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`, value, '\r\n');
    }
  }
  parts.push(`--${boundary}--\r\n`);
  const type = `multipart/form-data; boundary=${boundary}`;
  const utf8 = new TextEncoder();
  const texts = parts.filter((part) => typeof part === 'string');
  if (texts.length === parts.length) return { content: { kind: 'bytes', bytes: utf8.encode(texts.join('')) }, type };
  const read = async (part: string | Blob): Promise<Uint8Array> =>
    typeof part === 'string' ? utf8.encode(part) : new Uint8Array(await part.arrayBuffer());
  return { content: { kind: 'work', bytes: async () => concatBytes(await Promise.all(parts.map(read))) }, type };
}

/** What a page may ask of another origin, and read of its answers (Fetch §3.2, CORS protocol). */
import { fieldValue, type HttpHead } from '../../../protocol/wire/handshake.ts';
import type { Field } from './request-head.ts';

const simpleMethods = ['GET', 'HEAD', 'POST'];
const simpleTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];
const simpleFields = ['accept', 'accept-language', 'content-language', 'content-type', 'range'];
/** What a page may read of any answer (Fetch, CORS-safelisted response-header name). */
const readable = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma'];

/** True for a field that any page may send to any origin (Fetch §2.2.2, CORS-safelisted request-header). */
function isSimple([name, value]: Field): boolean {
  const lower = name.toLowerCase();
  if (!simpleFields.includes(lower) || value.length > 128) return false;
  if (lower === 'content-type') return simpleTypes.includes((value.split(';')[0] ?? '').trim().toLowerCase());
  return lower !== 'range' || /^bytes=\d+-\d*$/.test(value);
}

/** Returns the names of the fields for which the server must be asked first: in lower case, in order. */
export const unsafeNames = (fields: readonly Field[]): string[] =>
  [...new Set(fields.filter((field) => !isSimple(field)).map(([name]) => name.toLowerCase()))].sort();

/** True where the server must be asked first whether it takes such a request (Fetch §4.1). */
export const needsPreflight = (method: string, fields: readonly Field[]): boolean =>
  !simpleMethods.includes(method) || unsafeNames(fields).length > 0;

/** Returns the fields of a preflight (Fetch §4.8). */
export function preflightFields(method: string, fields: readonly Field[]): Field[] {
  const names = unsafeNames(fields);
  const asked: Field[] = names.length > 0 ? [['Access-Control-Request-Headers', names.join(',')]] : [];
  return [['Access-Control-Request-Method', method], ...asked];
}

/** The CORS check (Fetch §4.10). */
export function allowsOrigin(head: HttpHead, origin: string, withCredentials: boolean): boolean {
  const allowed = fieldValue(head, 'Access-Control-Allow-Origin');
  if (allowed === '*' && !withCredentials) return true;
  return allowed === origin && (!withCredentials || fieldValue(head, 'Access-Control-Allow-Credentials') === 'true');
}

/** True where the answer to a preflight allows the request (Fetch §4.8). */
export function allowsRequest(head: HttpHead, method: string, fields: readonly Field[], withCredentials: boolean): boolean {
  const methods = listOf(head, 'Access-Control-Allow-Methods');
  const names = listOf(head, 'Access-Control-Allow-Headers').map((name) => name.toLowerCase());
  const isAny = (list: readonly string[]): boolean => !withCredentials && list.includes('*');
  const hasMethod = simpleMethods.includes(method) || methods.includes(method) || isAny(methods);
  return hasMethod && unsafeNames(fields).every((name) => names.includes(name) || (isAny(names) && name !== 'authorization'));
}

/** Returns the fields that a page of another origin may read. */
export function readableFields(head: HttpHead, withCredentials: boolean): Field[] {
  const exposed = listOf(head, 'Access-Control-Expose-Headers').map((name) => name.toLowerCase());
  const isAll = exposed.includes('*') && !withCredentials;
  return head.fields
    .filter(({ name }) => isAll || readable.includes(name.toLowerCase()) || exposed.includes(name.toLowerCase()))
    .map(({ name, value }) => [name, value]);
}

function listOf({ fields }: HttpHead, wanted: string): string[] {
  const values = fields.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase()).map(({ value }) => value);
  return values.flatMap((value) => value.split(',').map((item) => item.trim())).filter((item) => item !== '');
}

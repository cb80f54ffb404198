/** Reads the path of an address: tells one that a proxy may read in another way, splits names, and matches patterns. */
import { isName } from '../endpoints/http-endpoint.ts';
import type { Session } from '../sessions/sessions.ts';

/** Returns the path of a target, which may be in absolute form (RFC 9112 §3.2.2). */
const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1)[0] ?? '';

/**
 * Returns false for a path that may mean something else to a proxy in front of us, which may let some paths pass without a login:
 * one with a backslash, empty first segments, or segments that lead elsewhere (WHATWG URL §4.4).
 */
export function isPlain(target: string): boolean {
  const path = pathOf(target);
  return !path.startsWith('//') && !/[\\\t\r\n]/.test(path) && !/\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path);
}

/** Splits `:session`, `:session.:connection` and `:session.:connection.:request`; returns undefined for anything else. */
export function readName(name: string): { id: string; label: string | undefined; request: number | undefined } | undefined {
  const [, id = '', label, request] = /^([^.]*)(?:\.([A-Za-z0-9]{1,16})(?:\.(\d{1,9}))?)?$/.exec(name) ?? [];
  return id === '' ? undefined : { id, label, request: request === undefined ? undefined : Number(request) };
}

/**
 * Returns the parameters of a path that fits the pattern, otherwise undefined. A name that begins with `~` is the session's own:
 * nobody else is in that room, and its first message is 1.
 */
export function match(pattern: string, path: string[], session: Session | undefined): Record<string, string> | undefined {
  const parts = pattern.slice(1).split('/');
  if (parts.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const segment = path[i] as string;
    if (part.startsWith(':')) {
      const name = decoded(segment);
      // Keep a wrong name as it is: the refusal shows it as the reader wrote it.
      parameters[part.slice(1)] = session && name.startsWith('~') && isName(name) ? `${name}.${session.id}` : name;
    } else if (part !== segment) return undefined;
  }
  return parameters;
}

/** Undoes the segment's percent-encoding; returns a broken one as it is, for the parameter check to refuse. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

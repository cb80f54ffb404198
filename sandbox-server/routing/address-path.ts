/** Reads the path of an address in a session: splits its name, and matches patterns. */
import { matchPath } from '../endpoints/address-pattern.ts';
import { isName } from '../endpoints/http-endpoint.ts';
import type { Session } from '../sessions/sessions.ts';

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
  // Keep a wrong name as it is: the refusal shows it as the reader wrote it.
  return matchPath(pattern, path, (name) => (session && name.startsWith('~') && isName(name) ? `${name}.${session.id}` : name));
}

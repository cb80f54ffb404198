/** Describes what went wrong in the reader's program, and where in the reader's file. */
import type { ProgramError } from '../../../protocol/messages/runner-messages.ts';
import { cut, messageLimits } from '../message-limits.ts';
import { epochNow } from './clock.ts';
import { inspect } from './output/inspect.ts';
import { readable } from './output/reader-addresses.ts';

/** A place in the file; both count from 1. */
export interface Place {
  line?: number;
  column?: number;
}

/** Reads an error from a Worker of the program, of which only the text arrives. Chromium puts a word before it. */
export function errorTold(message: string): unknown {
  const [, name, text] = /^(?:Uncaught )?(\w*(?:Error|Exception)): ([^]*)$/.exec(message) ?? [];
  return name !== undefined && text !== undefined ? { name, message: text } : message;
}

/** Returns an error item for anything that was thrown. Uses `place` if the value itself does not know one. */
export function programError(kind: ProgramError['kind'], thrown: unknown, moduleUrl: string, place: Place = {}): ProgramError {
  const time = epochNow();
  if (!isErrorLike(thrown))
    return { type: 'error', kind, time, name: 'Uncaught', message: cut(inspect(thrown), messageLimits.message), ...place };
  const { name, message } = thrown;
  return {
    type: 'error',
    kind,
    time,
    name: cut(name, messageLimits.name),
    message: cut(readable(message), messageLimits.message),
    ...place,
    ...placeOf(thrown, moduleUrl),
  };
}

/** Returns the first place in the module that the error's stack names; an empty object if it names none. */
export function placeOf(thrown: unknown, moduleUrl: string): Place {
  if (!isErrorLike(thrown)) return {};
  const { stack, fileName, lineNumber, columnNumber } = thrown as ErrorLike & Record<string, unknown>;
  // Firefox tells on the error itself where a module does not parse.
  if (fileName === moduleUrl && typeof lineNumber === 'number' && typeof columnNumber === 'number') {
    return { line: lineNumber, column: columnNumber };
  }
  const at = typeof stack === 'string' ? stack.indexOf(`${moduleUrl}:`) : -1;
  const [, line, column] = at < 0 ? [] : (/^:(\d+):(\d+)/.exec(String(stack).slice(at + moduleUrl.length)) ?? []);
  return line && column ? { line: Number(line), column: Number(column) } : {};
}

interface ErrorLike {
  name: string;
  message: string;
}

/** Returns true for Errors and DOMExceptions, whichever global they come from. */
function isErrorLike(thrown: unknown): thrown is ErrorLike {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { name, message } = thrown as Partial<ErrorLike>;
  return typeof name === 'string' && typeof message === 'string';
}

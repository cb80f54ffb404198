/** The code and reason that a program hands to `close()` (WHATWG WebSockets §3.1, "validate close code and reason"). */
import { closeCodeMeaning } from '../../protocol/wire/close-code.ts';

const mostReasonBytes = 123;

/** A code and a reason as taken; undefined where the program gave none. */
export interface CloseArguments {
  code: number | undefined;
  reason: string | undefined;
}

const refused = (why: string, name: string): DOMException =>
  new DOMException(`Failed to execute 'close' on 'WebSocket': ${why}`, name);

/** Returns a number as WebIDL's `[Clamp] unsigned short` takes it: within 0 to 65535, halves rounded to even. */
function clamped(value: unknown): number {
  const number = Math.min(Math.max(Number(value), 0), 0xffff);
  if (Number.isNaN(number)) return 0;
  const below = Math.floor(number);
  const rest = number - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

/**
 * Converts what a program passes to `close()`. Throws an InvalidAccessError DOMException for a code that a program may not send,
 * and a SyntaxError DOMException for a reason that does not fit a control frame. Lone surrogates become U+FFFD.
 */
export function closeArguments(givenCode: unknown, givenReason: unknown): CloseArguments {
  const code = givenCode === undefined ? undefined : clamped(givenCode);
  const reason = givenReason === undefined ? undefined : `${givenReason as string}`.toWellFormed();
  if (code !== undefined && !closeCodeMeaning(code).script) {
    throw refused(`The close code must be either 1000, or between 3000 and 4999. ${code} is neither.`, 'InvalidAccessError');
  }
  if (reason !== undefined && new TextEncoder().encode(reason).length > mostReasonBytes) {
    throw refused(`The close reason must not be greater than ${mostReasonBytes} UTF-8 bytes.`, 'SyntaxError');
  }
  return { code, reason };
}

import { closeCodeMeaning } from '../../protocol/wire/close-code.ts';
import type { Endpoint, Timers } from './endpoint.ts';
import { integerIn, ParameterError } from './parameters.ts';

/** The most bytes of a reason: a Close frame has room for 125, and its code takes two (RFC 6455 §5.5, §5.5.1). */
const longestReason = 123;

/** `ws /close`: the server closes with the code and reason of the query, `after` ms after the opening. */
export function createClose(timers: Timers): Endpoint {
  return {
    path: '/close',
    usage: '/close?code=1012&reason=back%20soon&after=1000',
    summary: 'closes with that code (1000 without) and reason, so many ms after the opening (at once without)',
    isForAnyPage: true,
    accept(_, query) {
      const code = codeIn(query);
      const reason = reasonIn(query);
      const after = integerIn(query, 'after', [0, 60_000], 0);
      return (connection) =>
        connection.onClose(
          timers.after(
            after,
            connection.guarded(() => connection.close(code, reason)),
          ),
        );
    },
  };
}

function codeIn(query: URLSearchParams): number {
  const text = query.get('code') ?? '1000';
  const code = /^\d{4}$/.test(text) ? Number(text) : NaN;
  const { senders } = closeCodeMeaning(code);
  if (senders === 'either end' || senders === 'a server') return code;
  throw new ParameterError(
    'code',
    text,
    'a code that a server may send: 1000 to 1003, 1007 to 1009, 1011 to 1014, or 3000 to 4999 (RFC 6455, section 7.4)',
  );
}

function reasonIn(query: URLSearchParams): string {
  const reason = query.get('reason') ?? '';
  if (new TextEncoder().encode(reason).length <= longestReason) return reason;
  throw new ParameterError('reason', reason, `a text of at most ${longestReason} bytes in UTF-8 (RFC 6455, section 5.5)`);
}

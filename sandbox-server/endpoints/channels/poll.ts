import type { Channels } from './channels.ts';
import type { Gap, Numbered, Replay } from './history.ts';
import { type HttpEndpoint, idFrom, nameFrom, refusing } from '../http-endpoint.ts';

/** The answer to a poll. */
export interface PollAnswer {
  messages: Numbered<string>[];
  /** The id to pass as `after` in the next poll. */
  last: number;
  /** Only present if messages in between were lost. */
  gap?: Gap;
}

export function pollAnswer({ messages, gap }: Replay<string>, last: number): PollAnswer {
  return gap ? { messages, last, gap } : { messages, last };
}

/** `GET /poll/:channel?after=id`: answers at once with what came after that id, if anything. Without `after`: with all kept. */
export function createPoll(channels: Channels<string>): HttpEndpoint {
  return {
    method: 'GET',
    path: '/poll/:channel',
    usage: '/poll/:channel?after=0',
    summary:
      'answers at once with what came after that id, with 0 all that is kept: {"messages":[{"id":1,"data":"…"}],"last":1}, with "gap" where some is lost',
    accept({ channel }, query) {
      const name = nameFrom('channel', channel);
      const after = idFrom('after', query.get('after')) ?? 0;
      return refusing((exchange) => {
        const found = channels.open(name, exchange.holder);
        exchange.answer(200, pollAnswer(found.after(after), found.last));
      });
    },
  };
}

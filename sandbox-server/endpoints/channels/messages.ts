import type { Channels } from './channels.ts';
import { type HttpEndpoint, nameFrom, refusing } from '../http-endpoint.ts';

/** Bytes that a text takes in memory and about on the wire: for the bounds, not for measures. */
const roughBytes = (text: string): number => 2 * text.length;

/** `POST /messages/:channel`: the body becomes a message of the channel. Answers 201 with `{ "id": … }`. */
export function createMessages(channels: Channels<string>): HttpEndpoint {
  return {
    method: 'POST',
    path: '/messages/:channel',
    usage: '/messages/:channel',
    summary: 'publishes the body, a text of any type, on the channel; answers {"id":7}',
    accept({ channel }) {
      const name = nameFrom('channel', channel);
      return refusing((exchange) => {
        const { id } = channels.open(name, exchange.holder).publish(exchange.body, roughBytes(exchange.body));
        exchange.answer(201, { id });
      });
    },
  };
}

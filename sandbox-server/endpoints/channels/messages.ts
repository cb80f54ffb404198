import type { Channels } from './channels.ts';
import { type HttpEndpoint, nameFrom, refusing } from '../http-endpoint.ts';

/** Returns roughly the bytes that a text takes in memory and on the wire: good enough for bounds, not for measuring. */
const roughBytes = (text: string): number => 2 * text.length;

/** `POST /messages/:channel`: publishes the body as a message of the channel. Answers 201 with `{ "id": … }`. */
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

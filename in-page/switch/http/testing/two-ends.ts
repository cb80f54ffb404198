/** A client and a server by hand over a connection that carries HTTP, for tests. */
import { effectsBeforeCauses } from '../../../../protocol/trace/effects-before-causes.ts';
import { emptyTrace, type Trace } from '../../../../protocol/trace/trace.ts';
import { asciiBytes } from '../../../../protocol/wire/handshake.ts';
import type { LinkConditions } from '../../../../protocol/wire/link-conditions.ts';
import type { Socket } from '../../../program/network.ts';
import type { Surroundings } from '../../../program/program.ts';
import { runPrograms } from '../../../testing/run-for-tests.ts';

/** Returns a GET request. */
export const get = (path = '/'): Uint8Array => asciiBytes(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
/** Returns a whole answer with this content. */
export const answer = (content: string): Uint8Array =>
  asciiBytes(`HTTP/1.1 200 OK\r\nContent-Length: ${content.length}\r\n\r\n${content}`);

/** What two ends do by hand. */
export interface Ends {
  /** The client's end. Nothing names its requests: the connection has a name of its own. */
  client: (socket: Socket, log: string[], clock: Surroundings['clock']) => void;
  server: (socket: Socket, heard: string, clock: Surroundings['clock']) => void;
}

/**
 * Runs two ends by hand; the log has what they hear, and when. Throws if the trace has an effect before its cause, or if an end
 * throws.
 */
export async function connect(
  { client, server }: Ends,
  conditions: Partial<LinkConditions> = {},
): Promise<{ log: string[]; trace: Trace; told: string[]; now: number }> {
  const log: string[] = [];
  const { events, errors, now } = await runPrograms(
    {
      server: ({ network, clock }) =>
        void network.listen(8080, (socket) => {
          socket.onEnd = () => {
            log.push(`${clock.present} server ended`);
            socket.end();
          };
          socket.onClose = () => log.push(`${clock.present} server closed`);
          socket.onData = (bytes) => server(socket, new TextDecoder().decode(bytes), clock);
        }),
      A: ({ network, clock }) => {
        const socket = network.connect(8080);
        socket.onData = (bytes) => log.push(`${clock.present} ${new TextDecoder().decode(bytes).split('\r\n\r\n').at(-1)}`);
        socket.onEnd = () => {
          log.push(`${clock.present} client ended`);
          socket.end();
        };
        socket.onClose = () => log.push(`${clock.present} client closed`);
        client(socket, log, clock);
      },
    },
    conditions,
    { until: 100_000 },
  );
  if (errors.length > 0) throw errors[0];
  const trace: Trace = { ...emptyTrace('in-page'), connections: [{ id: 'A1', client: 'A', url: '/', kind: 'http' }], events };
  const wrong = effectsBeforeCauses(trace);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  const told = events.map((event) => {
    const numbers = 'exchange' in event ? [event.exchange, ...('part' in event ? [event.part] : [])] : [];
    return [event.time, event.at, event.name, ...numbers].join(' ');
  });
  return { log, trace, told, now };
}

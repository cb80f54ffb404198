/** Moves a server from the client's file to the server's. */
import { recognise } from '../../../in-page/load/recognise.ts';
import { clientForServer } from './client-for-server.ts';

export interface Moved {
  client: string;
  server: string;
  /** What to tell the reader. */
  words: string;
}

/**
 * Returns both files after the move. `lesson` is the client of a lesson that has a server of its own. If the server's file held a
 * client, the two change places.
 */
export function moveServer(from: { client: string; server: string }, lesson: string | undefined): Moved {
  const { client: server, server: before } = from;
  const moved = 'The server is in server.ts now';
  if (before.trim() !== '' && recognise(before) === 'client')
    return { client: before, server, words: `${moved}, and what was there is in client.ts. Press Run.` };
  const client = lesson ?? clientForServer(server);
  const replaced = before.trim() === '' ? '' : ' Undo in server.ts brings back what was there.';
  const of = lesson === undefined ? 'client.ts has a client that talks to it' : "client.ts has the lesson's client again";
  return { client, server, words: `${moved}, and ${of}. Press Run.${replaced}` };
}

/**
 * Decides where to draw each connection. A connection has a pair of lanes, its client's and the server's. One that began after
 * another of the same client to the same address had ended takes its place (a reconnect goes on in its lanes). Two clients
 * that talk to one address share the server's lane between them, so that a relayed message runs on through it. All HTTP
 * requests of a client go in one pair: there exchanges begin and end, and the connection is the browser's business.
 */
import type { Direction } from '../../../protocol/wire/direction.ts';
import type { ConnectionLife } from './connection-lives.ts';
import type { SendQueue } from './send-queue.ts';

/** A client's lane and the way to the server's; its connections follow each other in time. */
export interface LanePair {
  client: string;
  /** The address; for HTTP, the first one that was asked. */
  url: string;
  isHttp: boolean;
  /** Whose server it is, if traces are joined. */
  server: string | undefined;
  connections: ConnectionLife[];
}

/** One server lane with a pair on its near side, and perhaps another on its far side. */
export interface Band {
  pairs: [LanePair] | [LanePair, LanePair];
}

/** The most pairs that a picture has room for: a later connection that fits into none of them is counted and not drawn. */
const mostPairs = 12;

/** Returns the bands of a conversation, in the order its connections were started; as many as there is room for. */
export function bandsOf(connections: readonly ConnectionLife[]): Band[] {
  const pairs: LanePair[] = [];
  for (const connection of connections) {
    const { client, url, server } = connection;
    const isHttp = connection.kind === 'http' || connection.exchanges.length > 0;
    const before = pairs.find(
      (pair) =>
        pair.client === client &&
        pair.server === server &&
        pair.isHttp === isHttp &&
        (isHttp || (pair.url === url && isOverBefore(pair, connection))),
    );
    if (before) before.connections.push(connection);
    else if (pairs.length < mostPairs) pairs.push({ client, url, isHttp, server, connections: [connection] });
  }
  const bands: Band[] = [];
  for (const pair of pairs) {
    const last = bands.at(-1)?.pairs;
    const [first, second] = last ?? [];
    if (first && !second && first.client !== pair.client && isSameAddress(first, pair)) {
      (bands.at(-1) as Band).pairs = [first, pair];
    } else bands.push({ pairs: [pair] });
  }
  return bands;
}

/** A conversation's pairs of lanes, and what waits at their ends. */
interface QueuedPairs {
  pairs: readonly LanePair[];
  queueOf(connections: readonly ConnectionLife[], direction: Direction): SendQueue | undefined;
}

/** Returns how many ways' height a picture needs: one per pair, and, with several pairs, one more for every two queues. */
export function countRooms({ pairs, queueOf }: QueuedPairs): number {
  if (pairs.length < 2) return 1;
  const queues = pairs.flatMap((pair) =>
    (['client-to-server', 'server-to-client'] as const).filter((direction) => queueOf(pair.connections, direction)),
  );
  return pairs.length + Math.floor(queues.length / 2);
}

const isSameAddress = (a: LanePair, b: LanePair): boolean =>
  a.server === b.server && (a.isHttp ? b.isHttp : !b.isHttp && a.url === b.url);

/** How much later than the other an end may notice a connection's end, ms: news takes time, and clocks agree about that well. */
const atOnce = 50;

/** Returns true if the pair's last connection was over for its client when the next began, and the server did not keep it. */
function isOverBefore({ connections }: LanePair, { startedAt }: ConnectionLife): boolean {
  const { client, server } = connections.at(-1)?.closed ?? {};
  if (startedAt === undefined) return false;
  if (!client) return server !== undefined && server.time <= startedAt;
  // A clean close ends it for both, whenever the server learns that the client knows.
  return client.time <= startedAt && (client.wasClean || (server?.time ?? 0) <= startedAt + atOnce);
}

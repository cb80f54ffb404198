/** Modules that programs ask for and the page does not have: what each is, and what to use instead. */
import { codedError } from '../net/system-error.ts';

/** Names of modules, separated by spaces; what they are; and what to use instead. */
type Row = [names: string, what: string, instead: string];

const plainLog = 'Use console.log.';
const database = 'a client of a database or a broker, and nothing leaves the page';
const ownMap = 'Keep what you need in a variable, such as a Map.';
const framework = 'another framework for HTTP';
const library = 'another library for WebSocket';

export const absentModules: Row[] = [
  ['https tls http2', 'for encrypted connections, and nothing leaves the page', 'Use http and ws:// here.'],
  ['net', 'TCP without a protocol above it', 'Use ws or http.'],
  ['dgram', 'UDP', 'Use ws.'],
  ['dns dns/promises', 'for looking up names of hosts, and a run has only one', 'Connect to localhost.'],
  [
    'cluster child_process worker_threads',
    'for several processes or threads, and a program here is one',
    'Do it all in this program.',
  ],
  ['stream stream/promises stream/web', 'for Node’s streams', "Use send() and 'message', or req.on('data') and res.write()."],
  ['zlib', 'for compression', 'Send what you have as it is.'],
  [
    'readline readline/promises tty repl',
    'for a terminal, and nobody can type into a program here',
    'Send what it would read from a client.',
  ],
  ['async_hooks', 'for following what is asynchronous', 'Pass on what AsyncLocalStorage would hold.'],
  ['module vm v8 inspector test wasi', 'for Node’s own workings', 'Leave it out.'],
  [
    'socket.io',
    'a protocol of its own above WebSocket',
    'Use ws: send(JSON.stringify(…)) for emit, and wss.clients for all sockets.',
  ],
  ['socket.io-client', 'the client of a protocol above WebSocket', 'Use new WebSocket(…).'],
  [
    'express-ws',
    'for routes of WebSockets in express',
    'Use new WebSocketServer({ server: app.listen(3000) }), and read req.url.',
  ],
  ['websocket uws uWebSockets.js nodejs-websocket isomorphic-ws faye-websocket', library, 'Use ws.'],
  ['reconnecting-websocket', 'a WebSocket that connects again', "Connect again by a timer, in the event 'close'."],
  ['sockjs faye primus', 'a protocol of its own beside WebSocket', 'Use ws.'],
  ['koa fastify @fastify/websocket hono restify', framework, 'Use express or http.'],
  ['redis ioredis sqlite mongodb mongoose pg mysql mysql2 sqlite3 better-sqlite3 amqplib kafkajs mqtt', database, ownMap],
  ['axios node-fetch got undici', 'a client of HTTP', 'Ask by fetch, from a client.'],
  ['jsonwebtoken', 'for signed tokens', 'Use createHmac of crypto.'],
  ['bcrypt bcryptjs', 'for hashes of passwords', 'Compare plain words here, and never do that elsewhere.'],
  ['morgan winston pino debug', 'for logs', plainLog],
  ['chalk colors picocolors', 'for the colours of a terminal', plainLog],
  ['lodash underscore', 'for lists and objects', 'Use the methods of Array, Object and Map.'],
  ['moment dayjs date-fns', 'for dates', 'Use Date and Intl.DateTimeFormat.'],
  ['nanoid shortid', 'for names by chance', 'Use crypto.randomUUID().'],
  ['helmet', 'for fields of responses that make pages safer', 'Use res.set(name, value).'],
  ['cookie-parser cookie', 'for reading cookies', 'Read req.headers.cookie.'],
  ['express-session', 'for sessions by cookie', 'Keep a Map, by a name that the client sends.'],
  ['compression', 'for compressed responses', 'Leave it out.'],
  ['multer formidable', 'for uploaded files', 'Send binary messages by WebSocket.'],
  ['nodemon', 'for starting a program again when it changes', 'Press Run.'],
];

const rows = new Map(absentModules.flatMap(([names, ...words]) => names.split(' ').map((name) => [name, words] as const)));

/** Returns the error for a module that is not there, with Node's code MODULE_NOT_FOUND. `names` are those that are. */
export function absentModule(name: string, names: readonly string[]): Error & { code: string; requireStack: string[] } {
  const row = rows.get(name.replace(/^node:/, ''));
  const words = row
    ? `It is ${row[0]}. ${row[1]}`
    : 'Of npm it has a few packages alone. Write what you need of it into the program.';
  const message = `Cannot find module '${name}': the page does not have it. ${words} There are ${names.join(', ')}.`;
  return Object.assign(codedError(message, 'MODULE_NOT_FOUND'), { requireStack: [] });
}

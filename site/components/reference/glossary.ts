/** The words of the course, each as the course uses it. Sections become links, code is in backticks. */

/** A word and what it means. */
export interface GlossaryTerm {
  /** The anchor. */
  id: string;
  term: string;
  text: string;
}

const terms: Record<string, [term: string, text: string]> = {
  'accept-key': [
    'Accept key',
    'The value of `Sec-WebSocket-Accept`: SHA-1 over the client’s key and a fixed text, in base64. It shows that the server understood the handshake, and nothing else (RFC 6455 §1.3).',
  ],
  backpressure: [
    'Backpressure',
    'What slows a sender down when its receiver cannot keep up. The WebSocket API has none on receiving; on sending, a program can watch `bufferedAmount` (WHATWG WebSockets).',
  ],
  bandwidth: [
    'Bandwidth',
    'How many bits a link carries in a second, in each direction. Putting a frame on the link takes the number of its bits divided by the bandwidth.',
  ],
  broadcast: ['Broadcast', 'Sending one message to everybody in a room.'],
  channel: [
    'Channel',
    'A way between two ends, or among several, on which something can be sent. In the sandbox also: a name under which messages are published over HTTP.',
  ],
  chunk: ['Chunk', 'A piece of an HTTP/1.1 body whose length is not known beforehand (RFC 9112 §7.1).'],
  'close-code': ['Close code', 'The number with which a Close frame says why a connection ends (RFC 6455 §7.4).'],
  'close-frame': [
    'Close frame',
    'The control frame with which an end says that it sends no more; the other end answers with one (RFC 6455 §5.5.1).',
  ],
  'closing-handshake': [
    'Closing handshake',
    'A Close frame each way (RFC 6455 §1.4), after which the server ends the TCP connection (RFC 6455 §7.1.1).',
  ],
  collision: ['Collision', 'Two stations of a shared medium sending at the same time, so that the words of both are lost.'],
  'control-frame': [
    'Control frame',
    'A Close, ping or pong: at most 125 bytes of payload, never in fragments, allowed between the fragments of a message (RFC 6455 §5.5).',
  ],
  cut: ['Cut', 'A connection that ends without a Close frame; each end then reports 1006 to its own program (RFC 6455 §7.1.5).'],
  direction: [
    'Direction',
    'Client-to-server or server-to-client. The two have a colour and a stroke of their own everywhere in this course.',
  ],
  duplex: [
    'Duplex',
    'Able to carry both directions. Half-duplex: by turns. Full-duplex: both at once. The RFCs of HTTP and of WebSocket do not use the word.',
  ],
  'duplex-share': ['Duplex share', 'The share of a run’s time in which both directions carried bytes at once.'],
  'event-stream': [
    'Event stream',
    'A response that goes on, with events in it one after another, which `EventSource` reads (HTML §9.2).',
  ],
  exchange: ['Exchange', 'One HTTP request and its response, whether that comes at once, late or in parts (RFC 9110 §3.4).'],
  extension: [
    'Extension',
    'An addition that both ends agree on in the opening handshake, such as permessage-deflate (RFC 6455 §9).',
  ],
  floor: ['Floor', 'The right to speak on a channel where only one may speak at a time.'],
  fragment: [
    'Fragment',
    'A frame that carries a part of a message: the first has the opcode text or binary, the others continuation, the last has FIN (RFC 6455 §5.4).',
  ],
  frame: [
    'Frame',
    'The unit on the wire: a header of 2 to 14 bytes, and a payload (RFC 6455 §5.2). Not the same as a message, which may take several.',
  ],
  'full-duplex': ['Full-duplex', 'Carries both directions at the same time.'],
  gap: [
    'Gap',
    'Messages that are no longer kept when somebody comes back for them. The sandbox says so with the ids before and after, and never leaves them out silently.',
  ],
  'half-duplex': ['Half-duplex', 'Carries both directions, but one at a time: the ends take turns.'],
  'half-open': [
    'Half-open',
    'A connection that one end has left without the other noticing, which still says `OPEN` (RFC 9293 §3.5.1).',
  ],
  handshake: [
    'Opening handshake',
    'An HTTP request that asks for an upgrade, and the answer 101, which opens the WebSocket (RFC 6455 §4).',
  ],
  heartbeat: ['Heartbeat', 'Something sent now and then so that silence means that the other end is gone.'],
  'in-flight': ['In flight', 'Sent, and not yet received.'],
  jitter: [
    'Jitter',
    'The random part of a time. For a link: how much its latency differs from one frame to the next. For a client that comes back: the random part of its wait.',
  ],
  'last-event-id': [
    'Last-Event-ID',
    'The header field with which an `EventSource` that comes back names the last event that it has (HTML §9.2).',
  ],
  latency: ['Latency', 'The time from when the last bit of a frame is put on the link until it is at the other end, one way.'],
  link: [
    'Link',
    'What the sandbox puts between its socket and its program: latency, jitter, bandwidth, loss, mode, all as you set them. What it simulates is recorded at the vantage point `link`.',
  ],
  'long-polling': ['Long polling', 'Sending a request that the server holds until there is something to answer (RFC 6202 §2).'],
  masking: [
    'Masking',
    'XOR of a client’s payload with a fresh key of 4 bytes for each frame, so that a script cannot choose the bytes on the wire (RFC 6455 §10.3). It hides nothing.',
  ],
  message: ['Message', 'What a program sends and gets at the API: text or binary, in one frame or in several (RFC 6455 §1.2).'],
  opcode: ['Opcode', 'The four bits that say what a frame is (RFC 6455 §5.2).'],
  origin: [
    'Origin',
    'Scheme, host and port of the page whose script connects; a browser sends it in the handshake, and the server should check it (RFC 6455 §10.2).',
  ],
  payload: ['Payload', 'What a frame carries, without its header (RFC 6455 §5.2).'],
  ping: [
    'Ping',
    'A control frame that asks for a pong with the same body (RFC 6455 §5.5.2). A script in a browser can neither send nor see one.',
  ],
  pong: ['Pong', 'The answer to a ping; only the latest of several pings has to be answered (RFC 6455 §5.5.3).'],
  reconnecting: [
    'Reconnecting',
    'Opening a new connection after the old one was lost: after a pause that grows, with a random part in it (RFC 6455 §7.2.3).',
  ],
  resume: [
    'Resuming',
    'Continuing after the last message received, by its id, so that nothing is missed and nothing comes twice.',
  ],
  sandbox: [
    'Sandbox',
    'The server of this course, which any program may talk to; and the frame in which your program runs, from which it can reach only that server.',
  ],
  session: [
    'Session',
    'The connections of one Run, under an address that nobody can guess; what passes on them is captured and reported only to your page.',
  ],
  'short-polling': ['Short polling', 'Asking again and again, whether or not there is something new.'],
  simplex: ['Simplex', 'Carries only one direction, set in advance. In radio, the word means what is called half-duplex here.'],
  sse: ['Server-sent events', 'A standard for event streams over HTTP, with ids, reconnecting and `EventSource` (HTML §9.2).'],
  stall: ['Stall', 'What packet loss looks like above TCP: everything waits until what was lost is sent again (RFC 9293 §2.2).'],
  subprotocol: [
    'Subprotocol',
    'A name for what the messages of a connection mean, agreed on in the opening handshake (RFC 6455 §1.9).',
  ],
  tap: ['Tap', 'The channel on which the sandbox tells your page what it captured: beside the traffic, never in it.'],
  trace: [
    'Trace',
    'All that was captured of a run, as one document. The timeline, the table, the numbers and the exercises read nothing else.',
  ],
  upgrade: [
    'Upgrade',
    'The header field with which a client asks to go on with another protocol on the same connection (RFC 9110 §7.8).',
  ],
  utf8: [
    'UTF-8',
    'How text is written as bytes. A text message has to be valid as a whole; one of its frames may end inside a character (RFC 6455 §5.6).',
  ],
  vantage: ['Vantage point', 'Where an event of a trace was seen: `client`, `socket`, `link` or `server`.'],
};

/** The terms in alphabetical order. */
export const glossary: readonly GlossaryTerm[] = Object.entries(terms)
  .map(([id, [term, text]]) => ({ id, term, text }))
  .sort((a, b) => a.term.localeCompare(b.term, 'en'));

/** HTTP exchanges: what is known of a request, how long it was held, and each part of its response. */

/** A request or a part of a response on its way. Times in ms; undefined until known, and for ever if it was lost. */
export interface Carried {
  /** When it entered the link at the sending end. */
  sentAt: number | undefined;
  /** When the link began to carry it. */
  departedAt: number | undefined;
  /** When it reached the other end: the server's program or the socket, and the client's program if that was seen. */
  receivedAt: number | undefined;
  /** The bytes exactly as they were on the socket, in hexadecimal. */
  bytes: string | undefined;
  /** Number of them shown as `*`. Absent for none. */
  leftOut?: number;
}

/** A part of a response: a whole answer if it comes at once, otherwise its head or one write of its stream. */
export interface ResponsePart extends Carried {
  /** Bytes of content, without head and chunk sizes. */
  length: number;
  /** True if it ends the response. */
  final: boolean;
}

/** What the reader's program saw of an exchange, at the API. Times in ms; undefined until known. */
export interface ClientSightings {
  api: 'fetch' | 'EventSource';
  /** When the response's head was there: the promise of `fetch` resolved, or the EventSource opened. */
  headAt: number | undefined;
  /** What it read of the content, in order. */
  chunks: { time: number; length: number | undefined }[];
  /** What an EventSource dispatched, in order. */
  events: { time: number; type: string; lastEventId: string; length: number }[];
  /** When the program had all of it, or it ended for the program in another way. */
  endedAt: number | undefined;
  /** How it ended: read whole, aborted by the program, failed, or an EventSource that reconnects. */
  outcome: 'complete' | 'aborted' | 'failed' | 'reconnecting' | undefined;
}

/** One HTTP exchange. */
export interface HttpExchange {
  /** Unique in the trace, such as `A1 0`. */
  id: string;
  connection: string;
  method: string;
  /** The address as the reader wrote it if the client was seen, otherwise as in the request. */
  target: string;
  /** When the reader's program asked for it, otherwise when the request's head reached the socket. */
  startedAt: number;
  request: Carried;
  /** The status code, once the response has begun. */
  status: number | undefined;
  /** In the order of their numbers. */
  parts: ResponsePart[];
  /** How long the server's program held it: from the request's receipt to the response's first part; undefined before. */
  heldMs: number | undefined;
  endedAt: number | undefined;
  /** Whether it was answered whole; undefined until it has ended. */
  complete: boolean | undefined;
  /** A sentence on why it was dropped or not answered whole. */
  reason: string | undefined;
  /** What the reader's program saw of it, if a program asked. */
  client?: ClientSightings;
}

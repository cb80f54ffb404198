/** Defines an HTTP endpoint and all that it may touch: one request, and the answer to it, whole or in parts. */
import { NoChannelLeft } from './channels/channels.ts';
import { ParameterError } from './parameters.ts';
import type { Holder, NoPlace } from './shares.ts';

/** One HTTP exchange, as an endpoint sees it. */
export interface Exchange {
  /** The request's body as text; empty if it has none. */
  readonly body: string;
  /** Whom it counts for in the limits that many share. */
  readonly holder: Holder;
  /** Returns the value of a header field of the request, by its name in lower case. */
  header(name: string): string | undefined;
  /** Sends a whole answer. A body without a type is JSON. */
  answer(status: number, value?: unknown): void;
  /** Refuses the request: `message` is a sentence for the reader, `limit` names the option that caused it. */
  refuse(status: number, message: string, headers?: Readonly<Record<string, string>>, limit?: string): void;
  /** Begins an answer that comes in parts. `lastWords` writes a reason as its last part if it has to give way to others. */
  begin(type: string, headers: Readonly<Record<string, string>>, lastWords: (reason: string) => string): void;
  /** Sends a part. Does nothing once the exchange is over. */
  write(text: string): void;
  /** Ends an answer that came in parts. */
  end(): void;
  /** Ends it and says why, because others want in: with a refusal if nothing is answered yet, else with the last words. */
  giveWay(why: NoPlace): void;
  /** Called once, when the exchange is over: answered, or given up by the client. */
  onClose(listener: () => void): void;
  /** Wraps what a timer or others call on its behalf, so that an error in it costs this exchange and nobody else. */
  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void;
}

/** Serves one request. */
export type ServeExchange = (exchange: Exchange) => void;

/** An HTTP address. */
export interface HttpEndpoint {
  method: 'GET' | 'POST';
  /** With parameters: `/poll/:channel`. */
  path: string;
  /** How to write the address with its query, for the list of addresses. */
  usage: string;
  summary: string;
  /** True if pages of any origin may use it, because it keeps nothing and reveals nothing. */
  isForAnyPage?: true;
  /** Reads the parameters before anything is served. Throws a ParameterError for a wrong one. */
  accept(parameters: Readonly<Record<string, string>>, query: URLSearchParams): ServeExchange;
}

/** True if a reader may give a room or a channel this name. */
export const isName = (name: string): boolean => /^[\w.~-]{1,64}$/.test(name);

/** A name that begins with `~` and ends with the name of the session that owns it. */
const ofASession = /^~[\w.~-]{0,63}\.[\w-]{22}$/;

/** Returns the name of a room or a channel in a path. Throws a ParameterError. */
export function nameFrom(parameter: string, name = ''): string {
  if (isName(name) || ofASession.test(name)) return name;
  throw new ParameterError(parameter, name, 'a name of 1 to 64 letters, digits and the signs . _ ~ -');
}

/** Returns the id after which somebody wants to hear, or undefined if there is none. Throws a ParameterError. */
export function idFrom(parameter: string, text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ParameterError(parameter, text, 'the id of a message: a whole number from 0');
}

/** Wraps `serve` to refuse with 503 when there is no channel left, and with 400 for a wrong header field. */
export const refusing =
  (serve: ServeExchange): ServeExchange =>
  (exchange) => {
    try {
      serve(exchange);
    } catch (error) {
      if (error instanceof NoChannelLeft) exchange.refuse(503, error.message, { 'Retry-After': '10' }, error.limit);
      else if (error instanceof ParameterError) exchange.refuse(400, `Wrong parameter: ${error.message}`);
      else throw error;
    }
  };

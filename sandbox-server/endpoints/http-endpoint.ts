/** What an HTTP endpoint is, and all that it may touch: one request, and the answer to it, whole or in parts. */
import { NoChannelLeft } from './channels/channels.ts';
import { ParameterError } from './parameters.ts';
import type { Holder, NoPlace } from './shares.ts';

/** One HTTP exchange, as an endpoint sees it. */
export interface Exchange {
  /** The request's body as text; empty where it has none. */
  readonly body: string;
  /** Whom it is for, in the limits that many share. */
  readonly holder: Holder;
  /** The value of a request's header field, by its name in lower case. */
  header(name: string): string | undefined;
  /** Answers whole. A body without a type is JSON. */
  answer(status: number, value?: unknown): void;
  /** Does not serve the request: `message` is a sentence for the reader, `limit` names the option that it is for. */
  refuse(status: number, message: string, headers?: Readonly<Record<string, string>>, limit?: string): void;
  /** Begins an answer that comes in parts. `lastWords` writes a reason as its last part, where it has to give way to others. */
  begin(type: string, headers: Readonly<Record<string, string>>, lastWords: (reason: string) => string): void;
  /** Sends a part. Does nothing once the exchange is over. */
  write(text: string): void;
  /** Ends an answer that came in parts. */
  end(): void;
  /** Ends it in words, since others want in: a refusal where nothing is answered yet, else the last words. */
  giveWay(why: NoPlace): void;
  /** Called once, when the exchange is over: answered, or given up by the client. */
  onClose(listener: () => void): void;
  /** For what is called on its behalf by a timer or by others: what that throws costs this exchange, and nobody else. */
  guarded<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void;
}

/** Serves one request. */
export type ServeExchange = (exchange: Exchange) => void;

/** An HTTP address. */
export interface HttpEndpoint {
  method: 'GET' | 'POST';
  /** With parameters: `/poll/:channel`. */
  path: string;
  /** How to write the address, with its query: for the list of addresses. */
  usage: string;
  summary: string;
  /** True where pages of any origin may use it, since it keeps nothing and reveals nothing. */
  isForAnyPage?: true;
  /** Reads the parameters before anything is served. Throws a ParameterError for a wrong one. */
  accept(parameters: Readonly<Record<string, string>>, query: URLSearchParams): ServeExchange;
}

/** True for what a reader may call a room or a channel. */
export const isName = (name: string): boolean => /^[\w.~-]{1,64}$/.test(name);

/** A name that begins with `~`, and behind it that of the session whose own it is. */
const ofASession = /^~[\w.~-]{0,63}\.[\w-]{22}$/;

/** The name in a path: of a room or a channel. Throws a ParameterError. */
export function nameFrom(parameter: string, name = ''): string {
  if (isName(name) || ofASession.test(name)) return name;
  throw new ParameterError(parameter, name, 'a name of 1 to 64 letters, digits and the signs . _ ~ -');
}

/** The id after which somebody wants to hear, or undefined where there is none. Throws a ParameterError. */
export function idFrom(parameter: string, text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ParameterError(parameter, text, 'the id of a message: a whole number from 0');
}

/** Serves, and refuses with 503 where there is no channel left, with 400 for a header field that is wrong. */
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

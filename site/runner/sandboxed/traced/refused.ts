/**
 * Ways onto the network that nothing here observes: refused by name, since what they open could not be drawn. They stay where the browser
 * has them: whether it does is a fact that a program may ask for.
 */
import { apply, seenThrough } from '../natives.ts';

/** What a program is told, once for each. */
export type TellOnce = (what: string, words: string) => void;

const refusal = (name: string, instead: string): string =>
  `${name} is a way to the network that the timeline could not draw, so it is refused here. ${instead}`;

/** What is refused as it is made or called, and what does the same. */
const refused = {
  WebSocketStream: 'Use WebSocket.',
  WebTransport: 'Use WebSocket.',
  SharedWorker: 'Use Worker.',
  RTCPeerConnection: 'Use WebSocket.',
};
/** What pages have, and Workers in no browser. */
const missing: Record<string, string> = { sendBeacon: 'Use fetch.', ...refused };
const missingName = new RegExp(`\\b(${Object.keys(missing).join('|')})\\b`);

const words = {
  XMLHttpRequest: refusal('XMLHttpRequest', 'Ask with fetch.'),
  importScripts: 'importScripts takes scripts made of a Blob here: there is no network but the sandbox.',
};

/** What to say of an error that comes of such a name's missing in this browser; undefined for any other. */
export function refusedByName(thrown: unknown): string | undefined {
  if (!(thrown instanceof ReferenceError || thrown instanceof TypeError)) return undefined;
  const name = missingName.exec(thrown.message)?.[1];
  return name && refusal(name, missing[name] ?? '');
}

/** Has whoever makes one of these get an error that says so. */
export function refuseToMake(scope: object, name: string, why: string): void {
  const native = (scope as Record<string, unknown>)[name] as (new () => object) | undefined;
  if (!native) return;
  const Refusing = seenThrough(native, {
    construct() {
      throw new DOMException(why, 'NotAllowedError');
    },
  });
  (native.prototype as object).constructor = Refusing;
  Object.assign(scope, { [name]: Refusing });
}

/**
 * So often a request fails as it does where there is no network. That costs the page a little each time, so from then on it is an error
 * at once.
 */
const mostRequests = 50;

/** An address that the frame's policy forbids everywhere, and that stands for what is refused. */
const nowhere = 'blob:null/refused';

/** Refuses them, on `scope`. */
export function refuseOtherWays(scope: typeof globalThis, tellOnce: TellOnce): void {
  for (const [name, instead] of Object.entries(refused)) refuseToMake(scope, name, refusal(name, instead));
  refuseRequests(scope.XMLHttpRequest.prototype, tellOnce);
  refuseScripts(scope as unknown as ScriptImporter, tellOnce);
}

function refuseRequests(prototype: XMLHttpRequest, tellOnce: TellOnce): void {
  let requests = 0;
  prototype.open = seenThrough(prototype.open, {
    apply(open, self, args: [string, string, ...unknown[]]) {
      tellOnce('XMLHttpRequest', words.XMLHttpRequest);
      if (++requests > mostRequests) throw new DOMException(words.XMLHttpRequest, 'NotAllowedError');
      if (args.length > 1) args[1] = nowhere;
      apply(open as (...given: unknown[]) => void, self, args);
    },
  });
}

interface ScriptImporter {
  importScripts(...addresses: unknown[]): void;
}

function refuseScripts(scope: ScriptImporter, tellOnce: TellOnce): void {
  scope.importScripts = seenThrough(scope.importScripts, {
    apply(native, self, args: unknown[]) {
      for (let i = 0; i < args.length; i++) {
        const address = `${args[i] as string}`;
        const isBlob = address.slice(0, 5) === 'blob:';
        if (!isBlob) tellOnce('importScripts', words.importScripts);
        args[i] = isBlob ? address : nowhere;
      }
      apply(native, self, args);
    },
  });
}

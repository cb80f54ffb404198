/**
 * Refuses, by name, the ways onto the network that nothing here observes, because the timeline could not draw what they open.
 * They stay where the browser has them, since a program may check whether it does.
 */
import { apply, seenThrough } from '../natives.ts';

/** Tells a program something, once for each `what`. */
export type TellOnce = (what: string, words: string) => void;

const refusal = (name: string, instead: string): string =>
  `${name} is a way to the network that the timeline could not draw, so it is refused here. ${instead}`;

/** What is refused when a program makes or calls it, and what to use instead. */
const refused = {
  WebSocketStream: 'Use WebSocket.',
  WebTransport: 'Use WebSocket.',
  SharedWorker: 'Use Worker.',
  RTCPeerConnection: 'Use WebSocket.',
};
/** What pages have but no browser's Workers do. */
const missing: Record<string, string> = { sendBeacon: 'Use fetch.', ...refused };
const missingName = new RegExp(`\\b(${Object.keys(missing).join('|')})\\b`);

const words = {
  XMLHttpRequest: refusal('XMLHttpRequest', 'Ask with fetch.'),
  importScripts: 'importScripts takes only scripts made from a Blob here: there is no network but the sandbox.',
};

/** Returns what to say of an error caused by such a name missing in this browser; undefined for any other. */
export function refusedByName(thrown: unknown): string | undefined {
  if (!(thrown instanceof ReferenceError || thrown instanceof TypeError)) return undefined;
  const name = missingName.exec(thrown.message)?.[1];
  return name && refusal(name, missing[name] ?? '');
}

/** Replaces a constructor with one that throws an error saying `why`. */
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

/** This many requests fail as they would without a network. Each costs the page a little, so later ones throw at once. */
const mostRequests = 50;

/** An address that the frame's policy always forbids, used in place of refused ones. */
const nowhere = 'blob:null/refused';

/** Refuses these ways on `scope`. */
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

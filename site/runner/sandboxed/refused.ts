/**
 * Ways onto the network that nothing here observes: refused by name, since what they open could not be drawn. A name that a program
 * may ask for before it uses it is taken away; what every browser has fails as it does where there is no network.
 */
import { apply, seenThrough } from './natives.ts';

/** What a program is told, once for each. */
export type TellOnce = (what: string, words: string) => void;

const instead = 'which the timeline could not draw, so it is refused here.';
const words = {
  XMLHttpRequest: `XMLHttpRequest is a way to the network ${instead} Ask with fetch.`,
  importScripts: 'importScripts takes scripts made of a Blob here: there is no network but the sandbox.',
};

/** Names that are taken away, and what does the same. */
const taken: Record<string, string> = {
  WebSocketStream: 'Use WebSocket.',
  WebTransport: 'Use WebSocket.',
  SharedWorker: 'Use Worker.',
  RTCPeerConnection: 'Use WebSocket.',
  sendBeacon: 'Use fetch.',
};

const takenName = new RegExp(`\\b(${Object.keys(taken).join('|')})\\b`);

/** What to say of an error that names what was taken away; undefined for any other. */
export function refusedByName(thrown: unknown): string | undefined {
  if (!(thrown instanceof ReferenceError || thrown instanceof TypeError)) return undefined;
  const name = takenName.exec(thrown.message)?.[1];
  return name && `${name} is a way to the network ${instead} ${taken[name] ?? ''}`;
}

/** So often a request fails as where there is no network. That costs the page a little each time, so that then it is an error at once. */
const mostRefused = 50;

/** An address that the frame's policy forbids everywhere, and that stands for what is refused. */
const nowhere = 'blob:null/refused';

/** Refuses them, on `scope`. */
export function refuseOtherWays(scope: typeof globalThis, tellOnce: TellOnce): void {
  for (const name of Object.keys(taken)) Reflect.deleteProperty(scope, name);
  const { prototype } = scope.XMLHttpRequest;
  let refused = 0;
  prototype.open = seenThrough(prototype.open, {
    apply(open, self, args: [string, string, ...unknown[]]) {
      tellOnce('XMLHttpRequest', words.XMLHttpRequest);
      if (++refused > mostRefused) throw new DOMException(words.XMLHttpRequest, 'NotAllowedError');
      if (args.length > 1) args[1] = nowhere;
      apply(open as (...given: unknown[]) => void, self, args);
    },
  });
  refuseScripts(scope as unknown as ScriptImporter, tellOnce);
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

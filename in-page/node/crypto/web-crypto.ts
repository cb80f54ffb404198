/** The Web Cryptography API with the run's chance, and its promises counted as real work. */
import { uuidOf } from '../../program/uuid.ts';
import { codedError } from '../net/system-error.ts';
import type { NodeParts } from '../node-parts.ts';

/** Bytes that one call may ask for (Web Cryptography §10.1.1). */
const most = 65_536;

export interface WebCrypto {
  getRandomValues: <View extends ArrayBufferView>(view: View) => View;
  randomUUID: () => string;
  readonly subtle: SubtleCrypto;
}

export function createWebCrypto(parts: NodeParts): WebCrypto {
  const { random } = parts;
  return {
    getRandomValues: (view) => {
      const { buffer, byteOffset, byteLength } = view;
      if (byteLength > most) throw new DOMException(`The requested length exceeds ${most} bytes`, 'QuotaExceededError');
      new Uint8Array(buffer, byteOffset, byteLength).set(random(byteLength));
      return view;
    },
    randomUUID: () => randomUUID(parts),
    get subtle() {
      return subtleOf(parts);
    },
  };
}

/** Returns a UUID of version 4, of the run's chance. */
export const randomUUID = ({ random }: NodeParts): string => uuidOf(Uint8Array.from(random(16)));

/** Returns `crypto.subtle` of the platform, with promises for which the run waits. Its keys are not of the run's seed. */
function subtleOf({ hold }: NodeParts): SubtleCrypto {
  // A page without a secure context has none.
  const { subtle } = globalThis.crypto as { subtle?: SubtleCrypto };
  if (!subtle) {
    const message = 'crypto.subtle is there only on pages from https: or localhost. crypto.createHash of Node is there on all.';
    throw codedError(message, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM');
  }
  return new Proxy(subtle, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        const work: unknown = Reflect.apply(member as (...values: unknown[]) => unknown, target, values);
        return work instanceof Promise && hold ? hold(work) : work;
      };
    },
  });
}

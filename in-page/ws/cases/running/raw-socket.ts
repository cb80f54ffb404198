import type { RawSocket } from './world.ts';

/** What a raw socket does with the network below. */
export interface RawEnd {
  write: (data: string | Uint8Array) => void;
  end: () => void;
}

/** Returns a raw socket with what tells it of data and of the end. */
export function rawSocket(end: RawEnd, concat: (chunks: Uint8Array[]) => ReturnType<RawSocket['received']>) {
  const chunks: Uint8Array[] = [];
  const waiting: (() => void)[] = [];
  let isClosed = false;
  const received = (): ReturnType<RawSocket['received']> => concat(chunks);
  const changed = (): void => {
    for (const wake of waiting.splice(0)) wake();
  };
  let close = (): void => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const socket: RawSocket = {
    ...end,
    received,
    closed,
    async until(text) {
      while (!isClosed && !received().includes(text)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
  return {
    socket,
    onData: (bytes: Uint8Array): void => {
      chunks.push(bytes);
      changed();
    },
    onClose: (): void => {
      isClosed = true;
      changed();
      close();
    },
  };
}

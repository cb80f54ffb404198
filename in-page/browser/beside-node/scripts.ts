/** Programs that run with two WebSockets, the in-page one and Node's, and write down what they see. */
import { listen, thrownBy } from '../testing/by-hand.ts';

type Script = (made: typeof WebSocket, address: (path: string) => string, log: string[]) => void;

/** Returns a script that opens an address and does something once it is open. */
const opening =
  (path: string, act: (ws: WebSocket, log: string[]) => void = () => undefined, protocols: string[] = []): Script =>
  (Made, address, log) => {
    const ws = listen(new Made(address(path), protocols), log);
    ws.binaryType = 'arraybuffer';
    log.push(`begins ${ws.readyState} ${ws.url} ${ws.binaryType}`);
    ws.addEventListener('open', () => {
      log.push(`agreed ${ws.protocol} ${ws.extensions}`);
      act(ws, log);
      log.push(`did ${ws.readyState}`);
    });
  };

/** Returns the name and code of what `act` throws, for which the standards have no words. */
const thrown = (act: () => unknown): string => thrownBy(act).replace(/:.*$/s, '');

/** The server echoes what it gets, but closes at `bye`; the path says what it does besides. */
export const scripts: Readonly<Record<string, Script>> = {
  'closes with code and reason': opening('/echo', (ws) => ws.close(3001, 'grüß \ud800')),
  'closes with a code alone': opening('/echo', (ws) => ws.close(1000)),
  'closes with nothing': opening('/echo', (ws) => ws.close()),
  'closes with a reason alone': opening('/echo', (ws) => ws.close(undefined, 'why')),
  'closes twice': opening('/echo', (ws) => {
    ws.close(3000);
    ws.close(3001, 'again');
  }),
  'closes within a message': opening('/echo', (ws) => {
    ws.send('1');
    ws.send('2');
    ws.addEventListener('message', () => ws.close(1000));
  }),
  'is closed by the server': opening('/echo', (ws) => ws.send('bye')),
  'is closed with 1009': opening('/close/1009/too%20big'),
  'is closed with 1011 at once': opening('/close/1011/'),
  'is closed without a code': opening('/close//'),
  'sends text': opening('/echo', (ws) => {
    for (const text of ['', 'hello', 'Grüße 😀', '\ud800', '\ufeffmark']) ws.send(text);
    ws.send(5 as unknown as string);
    ws.send('bye');
  }),
  'sends binary': opening('/echo', (ws, log) => {
    ws.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) log.push(`bytes ${[...new Uint8Array(data)].join()}`);
    });
    const bytes = Uint8Array.of(1, 2, 3, 4);
    ws.send(bytes.buffer);
    ws.send(bytes.subarray(1, 3));
    ws.send(new DataView(bytes.buffer, 3));
    bytes.fill(9);
    ws.send('bye');
  }),
  'sends Blobs in order': opening('/echo', (ws, log) => {
    ws.send(new Blob(['a Blob']));
    ws.send('text behind it');
    log.push(String(ws.bufferedAmount));
    ws.addEventListener('message', ({ data }) => data === 'text behind it' && ws.close());
  }),
  'gets Blobs': opening('/echo', (ws, log) => {
    ws.binaryType = 'blob';
    ws.send(Uint8Array.of(1, 2, 3));
    ws.addEventListener('message', ({ data }) => {
      log.push(`${(data as Blob).constructor.name} ${(data as Blob).size}`);
      ws.close();
    });
  }),
  'gets fragments and Pings': opening('/fragments'),
  'counts what it sends': opening('/echo', (ws, log) => {
    ws.send('é');
    log.push(String(ws.bufferedAmount));
    ws.close(1000);
    ws.addEventListener('close', () => log.push(String(ws.bufferedAmount)));
  }),
  'counts what it sends too late': opening('/echo', (ws, log) => {
    ws.close(1000);
    ws.send('é');
    log.push(String(ws.bufferedAmount));
    ws.addEventListener('close', () => {
      ws.send(new Uint8Array(3));
      log.push(String(ws.bufferedAmount));
    });
  }),
  'agrees on a protocol': opening('/echo?protocol=v1', (ws) => ws.close(1000), ['v2', 'v1']),
  'gets no protocol': opening('/echo', undefined, ['v2', 'v1']),
  'gets a protocol that it did not ask for': opening('/echo?protocol=v9'),
  'is refused by HTTP': opening('/refuse'),
  'is cut off': opening('/terminate'),
  'gets a reserved bit': opening('/raw/c100'),
  'gets a masked frame': opening('/raw/818000000000'),
  'gets text that is not UTF-8': opening('/raw/8101ff'),
  'gets a Close with 1005': opening('/raw/880203ed'),
  'gets an unknown opcode': opening('/raw/8300'),
  'closes before it is open': (Made, address, log) => {
    const ws = listen(new Made(address('/echo')), log);
    ws.close(1000);
    log.push(`did ${ws.readyState}`);
  },
  'may not send before it is open': (Made, address, log) => {
    const ws = listen(new Made(address('/close/1000/')), log);
    for (const data of ['x', new Blob(['x']), new Uint8Array(1)]) log.push(thrown(() => ws.send(data)));
    log.push(`did ${ws.readyState} ${ws.bufferedAmount}`);
  },
  'may not close with these': (Made, address, log) => {
    const ws = listen(new Made(address('/close/1000/')), log);
    for (const code of [0, 999, 1001, 1005, 1006, 2999, 5000, 65_536, -1, NaN]) log.push(thrown(() => ws.close(code)));
    log.push(
      thrown(() => ws.close(1000, 'é'.repeat(62))),
      thrown(() => ws.close(1001, 'é'.repeat(62))),
    );
    log.push(`did ${ws.readyState}`);
  },
  'may not open these addresses': (Made, address, log) => {
    const wrong = ['ws://', 'ws://a b/', 'ws://a:99999/', 'ftp://a/', 'mailto:x', 'http://a/#', address('/#x')];
    for (const given of wrong) log.push(thrown(() => new Made(given)));
  },
  'may not ask for these protocols': (Made, address, log) => {
    for (const given of ['', 'a b', ['a', 'a'], ['é'], ['a,b'], [''], ['a', '\0']]) {
      log.push(thrown(() => new Made(address('/echo'), given)));
    }
  },
  'has the shape of the interface': (Made, _, log) => {
    log.push(Made.name, String(Made.length), String(Made.prototype));
    log.push(
      ...['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'].map((name) =>
        JSON.stringify([name, valueOf(Made, name), valueOf(Made.prototype, name)]),
      ),
    );
    log.push(Object.keys(Made.prototype).sort().join());
  },
  'has handlers': (Made, address, log) => {
    const ws = listen(new Made(address('/close/1000/')), log);
    ws.onopen = () => log.push('replaced');
    ws.addEventListener('open', () => log.push('listener'));
    ws.onopen = () => log.push('handler');
    (ws as { onclose: unknown }).onclose = 5;
    log.push(String(ws.onclose), String(ws.onerror), typeof ws.onopen);
    ws.onmessage = () => undefined;
    ws.onmessage = null;
    log.push(String(ws.onmessage));
  },
};

const valueOf = (place: object, name: string): unknown => Object.getOwnPropertyDescriptor(place, name);

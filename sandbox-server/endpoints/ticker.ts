import type { Connection, Endpoint, Timers } from './endpoint.ts';
import { integerIn, wordIn } from './parameters.ts';

/** `ws /ticker`: the server speaks by itself and ignores what it is told. */
export function createTicker(timers: Timers): Endpoint {
  const tick = (connection: Connection, every: number, count: number, close: boolean): void => {
    const opened = timers.now();
    let sent = 0;
    const wait = () => timers.after(opened + (sent + 1) * every - timers.now(), next);
    const next = connection.guarded(() => {
      connection.send(`tick ${++sent}`);
      if (sent < count) cancel = wait();
      else if (close) connection.close(1000, 'That was the last tick.');
    });
    let cancel = wait();
    connection.onClose(() => cancel());
  };

  return {
    path: '/ticker',
    usage: '/ticker?every=1000&count=10&close=1',
    summary: 'sends "tick 1", "tick 2" and so on, one every so many ms; stops after count; closes then with close=1',
    isForAnyPage: true,
    accept(_, query) {
      const every = integerIn(query, 'every', [10, 60_000], 1000);
      const count = integerIn(query, 'count', [1, 1_000_000], Infinity);
      const close = wordIn(query, 'close', ['0', '1']) === '1';
      return (connection) => tick(connection, every, count, close);
    },
  };
}

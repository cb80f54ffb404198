import type { Cancel, Timers } from '../endpoints/endpoint.ts';
import type { LiveConnection } from './live-connection.ts';

/** Pings a connection every so many ms until it closes; never if that is Infinity. */
export function pingRegularly(connection: LiveConnection, every: number, timers: Timers): void {
  let cancel: Cancel = () => undefined;
  const wait = (): void => {
    cancel = timers.after(every, next);
  };
  const next = connection.guarded(() => {
    connection.ping();
    wait();
  });
  wait();
  connection.onClose(() => cancel());
}

/**
 * Loaded before a program in a process of its own: reports to the parent, as lines of JSON on descriptor 3, what the program prints,
 * what it does not catch, and the port that the system chose for it in place of the one it asked for.
 */
import { writeSync } from 'node:fs';
import { type AddressInfo, Server } from 'node:net';
import { format } from 'node:util';
import { levels, printed, uncaught } from './program.ts';

export type Report = { line: string } | { port: number };

const report = (said: Report): void => void writeSync(3, `${JSON.stringify(said)}\n`);

for (const level of levels) console[level] = (...words: unknown[]) => report({ line: printed(level, format(...words)) });
process.on('uncaughtExceptionMonitor', (error) => {
  // A program that listens for that goes on.
  if (process.listenerCount('uncaughtException') === 0) report({ line: uncaught(error) });
});

type Listen = (this: Server, ...given: unknown[]) => Server;
const prototype = Server.prototype as unknown as { listen: Listen };
const { listen } = prototype;
prototype.listen = function (first, ...rest) {
  this.prependOnceListener('listening', () => report({ port: (this.address() as AddressInfo).port }));
  const anyPort = typeof first === 'object' && first !== null ? { ...first, port: 0 } : 0;
  return listen.call(this, anyPort, ...rest);
};

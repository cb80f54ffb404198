import type { Options } from './options.ts';

/** Returns a sentence that says what keeps the server from listening, and what to do. */
export function whyNotListening(
  { code, message }: NodeJS.ErrnoException,
  { host, port }: Pick<Options, 'host' | 'port'>,
): string {
  const where = `port ${port} of ${host}`;
  if (code === 'EADDRINUSE') return `Cannot listen: ${where} is in use. Stop what uses it, or choose another: --port ${port + 1}`;
  if (code === 'EACCES') return `Cannot listen: this user may not use ${where}. Ports from 1024 on are allowed: --port 4321`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return `Cannot listen: ${host} is not an address of this machine. Try --host localhost`;
  return `Cannot listen: ${message}`;
}

/** Why the sandbox could not be had: a sentence on what is wrong and one on what to do. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}

/** For the server's silence, whatever was asked of it. */
export const unreachable = (origin: string): string =>
  `The sandbox server at ${new URL(origin).host} does not answer. Start it with "npm start" (or ask whoever runs it), then press Run again.`;

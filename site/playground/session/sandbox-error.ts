/** Thrown when the sandbox is not available. Its message says what is wrong and what to do. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}

/** Returns what to say when the server does not answer, whatever the request. */
export const unreachable = (origin: string): string =>
  `The sandbox server at ${new URL(origin).host} does not answer. Start it with "npm start" (or ask whoever runs it), then press Run again.`;

/** Thrown when the sandbox is not available. Its message says what is wrong and what to do. */
export class SandboxError extends Error {
  override name = 'SandboxError';
}

/** What to say where programs run in the page because the server has no sandbox. */
export const noSandbox = 'This copy of the site has no sandbox, so programs run in this page.';

/** Thrown when the server answers and has no sandbox, as a host of files alone. */
export class NoSandboxError extends SandboxError {
  override name = 'NoSandboxError';
  constructor() {
    super(noSandbox);
  }
}

/** Returns that the sandbox server does not answer. */
export const noAnswer = (origin: string): string => `The sandbox server at ${new URL(origin).host} does not answer.`;

/** Returns what to say when the server does not answer, whatever the request. */
export const unreachable = (origin: string): string =>
  `${noAnswer(origin)} Start it with "npm start" (or ask whoever runs it), then press Run again.`;

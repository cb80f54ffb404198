/** A server and its clients as a tutorial, an answer or a course would show them. */
export interface TutorialClient {
  /** Unique in the program; its transcript has this name. */
  name: string;
  /**
   * `browser` has a page's globals: in the page ours, on Node its own `WebSocket` and `fetch`. `node` is a program of Node, with
   * `ws`.
   */
  on: 'browser' | 'node';
  code: string;
  /** It starts when another program has printed a line. By default once the server listens. */
  after?: { program: string; prints: string };
}

export interface TutorialProgram {
  name: string;
  /** Listens on port 8080. It may run for ever, but must print nothing more once the clients are over and what they left is. */
  server: string;
  /** Each ends by itself. */
  clients: TutorialClient[];
  /** Text by its path from the server's folder. */
  files?: Readonly<Record<string, string>>;
  /** The server has something left to do when the clients are over, for at most so many ms. */
  lingers?: number;
  /** Where Node lacks what a client uses: what the programs print by the standard, written by hand, and which section says so. */
  byHand?: { why: string; transcript: Transcript };
  /** What the page prints instead of what Node does, by program, and why it is to. */
  differs?: { why: string; inPage: Transcript };
  /** A package that is not the project's: its program is recorded where a folder with it is at hand. */
  needs?: string;
}

/** What each program printed, by its name. */
export type Transcript = Record<string, string[]>;

/** Returns empty lists for the programs. */
export const emptyTranscript = ({ clients }: Pick<TutorialProgram, 'clients'>): Transcript =>
  Object.fromEntries([['server', []], ...clients.map(({ name }): [string, string[]] => [name, []])]);

/** Tells whether a client may start. */
export function mayStart({ after }: TutorialClient, transcript: Transcript): boolean {
  return !after || (transcript[after.program] ?? []).includes(after.prints);
}

/** Methods of `console` that programs print with. */
export const levels = ['log', 'info', 'debug', 'warn', 'error'] as const;

/** Returns what a line of the transcript has of something printed. */
export const printed = (level: (typeof levels)[number], text: string): string => (level === 'log' ? text : `${level}: ${text}`);

/** Returns the line for what a program did not catch. */
export const uncaught = (error: unknown): string => `uncaught ${String(error)}`;

/** All the cases, by group, and how they are run. */
import { createSandboxServer } from '../server.ts';
import { type Case, type Profile, profiles } from './case.ts';
import { closingCases } from './cases/closing.ts';
import { fragmentCases } from './cases/fragments.ts';
import { limitCases } from './cases/limits.ts';
import { messageCases } from './cases/messages.ts';
import { openingCases } from './cases/opening.ts';
import { textCases } from './cases/text.ts';
import { runCase } from './run-case.ts';

/** A group of cases. */
export interface Group {
  title: string;
  cases: readonly Case[];
}

export const groups: readonly Group[] = [
  { title: 'The opening handshake', cases: openingCases },
  { title: 'Messages, pings, reserved bits and opcodes', cases: messageCases },
  { title: 'Fragments', cases: fragmentCases },
  { title: 'Text is UTF-8', cases: textCases },
  { title: 'The closing handshake', cases: closingCases },
  { title: 'Limits and small writes', cases: limitCases },
];

/** A case and what came of it. */
export interface Outcome {
  id: string;
  section: string;
  title: string;
  passed: boolean;
  /** Where it failed: what the server did instead. */
  detail?: string;
}

/** Finds the address that echoes, on the server of that port. */
export type EchoOf = (port: number) => Promise<string>;

/** How many cases run at a time. */
const atOnce = 8;

/** Runs the cases against servers of their profiles, on free ports of this machine; several at a time, each for itself. */
export async function runCases(cases: readonly Case[], echoOf: EchoOf = () => Promise.resolve('/echo')): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const profile of Object.keys(profiles) as Profile[]) {
    const chosen = [...cases.entries()].filter(([, one]) => ('profile' in one ? one.profile : 'lifted') === profile);
    if (chosen.length === 0) continue;
    const server = createSandboxServer({ port: 0, host: '127.0.0.1', site: 'no-such-folder', drain: 1, ...profiles[profile] });
    const { port } = await server.listen();
    const echo = await echoOf(port);
    const next = chosen.values();
    const work = async (): Promise<void> => {
      for (const [index, one] of next) {
        const { id, section, title } = one;
        const detail = await runCase(port, one, echo);
        outcomes[index] =
          detail === undefined ? { id, section, title, passed: true } : { id, section, title, passed: false, detail };
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    await server.close();
  }
  return outcomes;
}

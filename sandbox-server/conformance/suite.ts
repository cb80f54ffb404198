/** Lists all cases by group, and runs them. */
import { createSandboxServer } from '../server.ts';
import { type Case, optionsFor } from './case.ts';
import { closingCases } from './cases/closing.ts';
import { compressedMessageCases, offerCases } from './cases/compression.ts';
import { fragmentCases } from './cases/fragments.ts';
import { limitCases } from './cases/limits.ts';
import { messageCases } from './cases/messages.ts';
import { openingCases } from './cases/opening.ts';
import { textCases } from './cases/text.ts';
import { runCase } from './run-case.ts';

/** A group of cases. */
export interface Group {
  title: string;
  /** The RFC whose sections its cases name. */
  rfc: '6455' | '7692';
  cases: readonly Case[];
}

export const groups: readonly Group[] = [
  { title: 'The opening handshake', rfc: '6455', cases: openingCases },
  { title: 'Messages, pings, reserved bits and opcodes', rfc: '6455', cases: messageCases },
  { title: 'Fragments', rfc: '6455', cases: fragmentCases },
  { title: 'Text is UTF-8', rfc: '6455', cases: textCases },
  { title: 'The closing handshake', rfc: '6455', cases: closingCases },
  { title: 'Limits and small writes', rfc: '6455', cases: limitCases },
  { title: 'Compressed messages', rfc: '7692', cases: compressedMessageCases },
  { title: 'Offers of compression', rfc: '7692', cases: offerCases },
];

/** A case and its outcome. */
export interface Outcome {
  id: string;
  section: string;
  title: string;
  passed: boolean;
  /** If it failed: what the server did instead. */
  detail?: string;
}

/** Returns an address that echoes on the server at this port. Called for each case, so that no case affects another. */
export type EchoOf = (port: number) => Promise<string>;

/** How many cases run at a time. */
const atOnce = 8;

/** Runs the cases, several at a time, against servers with the options that they need, on free ports of this machine. */
export async function runCases(cases: readonly Case[], echoOf: EchoOf = () => Promise.resolve('/echo')): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const byOptions = Map.groupBy(cases.entries(), ([, one]) => JSON.stringify(optionsFor(one)));
  for (const chosen of byOptions.values()) {
    const options = optionsFor((chosen[0] as [number, Case])[1]);
    const server = createSandboxServer({ port: 0, host: '127.0.0.1', site: 'no-such-folder', drain: 1, ...options });
    const { port } = await server.listen();
    const next = chosen.values();
    const work = async (): Promise<void> => {
      for (const [index, one] of next) {
        const { id, section, title } = one;
        const detail = await runCase(port, one, await echoOf(port));
        outcomes[index] =
          detail === undefined ? { id, section, title, passed: true } : { id, section, title, passed: false, detail };
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    await server.close();
  }
  return outcomes;
}

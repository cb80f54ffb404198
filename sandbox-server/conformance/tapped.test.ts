import { test } from 'vitest';
import { closingCases } from './cases/closing.ts';
import { fragmentCases } from './cases/fragments.ts';
import { limitCases } from './cases/limits.ts';
import { messageCases } from './cases/messages.ts';
import { textCases } from './cases/text.ts';
import { expectToPass } from './testing.ts';

/** Within a session the tap stands between the socket and ws; a client must not be able to tell. */
async function inSession(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/sessions`, { method: 'POST' });
  return `/s/${((await answer.json()) as { session: string }).session}/echo`;
}

/** With a tap a message too long starts a closing handshake, whose answer these cases do not give: see limits/limits.test.ts. */
const answerless = limitCases.filter(({ ending }) => !(ending.by === 'server' && ending.codes.includes(1009)));

const groups = [
  ['messages, pings, reserved bits and opcodes', messageCases],
  ['fragments', fragmentCases],
  ['text', textCases],
  ['the closing handshake', closingCases],
  ['limits and small writes', answerless],
] as const;

test.each(groups)('with a tap in between, %s pass the same cases', { timeout: 20_000 }, async (_, cases) => {
  await expectToPass(cases, inSession);
});

import { test } from 'vitest';
import { expectToPass } from './testing.ts';
import { groups } from './suite.ts';

/** Returns an address in a new session, where the tap stands between the socket and ws. A client must not be able to tell. */
async function inSession(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/sessions`, { method: 'POST' });
  return `/s/${((await answer.json()) as { session: string }).session}/echo`;
}

test.each(groups)('all cases pass with a tap in between: $title', async ({ cases }) => {
  await expectToPass(cases, inSession);
});

import { test } from 'vitest';
import { expectToPass } from './testing.ts';
import { groups } from './suite.ts';

/** Within a session of its own, so that the tap stands between the socket and ws; a client must not be able to tell. */
async function inSession(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/sessions`, { method: 'POST' });
  return `/s/${((await answer.json()) as { session: string }).session}/echo`;
}

test.each(groups)('with a tap in between all cases pass: $title', async ({ cases }) => {
  await expectToPass(cases, inSession);
});

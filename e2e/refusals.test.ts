import { test } from 'vitest';
import { openPage, origin, playgroundOf } from './setup/browser.ts';
import { page, pageForEachTest } from './setup/pages.ts';
import { hashFor } from '../site/playground/share-address.ts';

pageForEachTest({});

test.each([
  {
    what: 'a wrong parameter',
    code: "new WebSocket('/ticker?every=1');",
    says: '(400): Wrong parameter: "every" is "1"; it takes a whole number from 10 to 60000.',
  },
  {
    what: 'more messages than the limit',
    code: "const ws = new WebSocket('/echo'); ws.onopen = () => { for (let i = 0; i < 300; i++) ws.send('x'); };",
    says: 'was closed with 1008, policy violation:',
  },
  {
    what: 'a message that is too big',
    code: "const ws = new WebSocket('/echo'); ws.onopen = () => ws.send('x'.repeat(64 * 1024 + 1));",
    says: 'was closed with 1009, message too big:',
  },
])('the console gives the reason for refusing $what, though the program does not ask', async ({ code, says }) => {
  await openPage(page, `${origin()}/playground/${hashFor(code)}`);
  const { run, console: log } = playgroundOf(page);
  await run.click();
  await log.getByText(says).waitFor();
});

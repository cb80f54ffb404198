import { setTimeout as wait } from 'node:timers/promises';

/** How long to wait and how often to ask, ms. Far above what any answer takes, so that a busy machine fails no test. */
const patience = 20_000;
const every = 50;

/** Asks until there is an answer, and returns it. Rejects after `longest` ms, saying that there was no `what`. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  longest = patience,
): Promise<Answer> {
  for (const began = Date.now(); Date.now() - began < longest; await wait(every)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`There was no ${what} within ${longest / 1000} s.`);
}

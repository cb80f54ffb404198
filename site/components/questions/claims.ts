import { keepScore, list } from './score.ts';

// With a script there are buttons to press, and the reason waits for the answer.
for (const part of list.querySelectorAll<HTMLElement>('.answers, details')) part.hidden = !part.hidden;

keepScore('sorted', (claim, _, isRight) => {
  const reason = claim.querySelector('details');
  const summary = claim.querySelector('summary');
  if (!reason || !summary) return;
  summary.textContent = isRight ? 'Right.' : 'No.';
  reason.hidden = false;
  reason.open = true;
});

/**
 * Counts the answers to a list of questions. Whoever needs it bundles it into a script of its own behind the list (`Score.astro`),
 * so that no page fetches a script for it.
 */

/** The element before the script. */
export const list = document.currentScript?.previousElementSibling as HTMLElement;

/** Shows that a question was answered with this button. */
type Reply = (question: HTMLElement, button: HTMLButtonElement, isRight: boolean) => void;

/** Marks what the reader presses, has `reply` answer it, and counts. Tells the page once every question was answered right. */
export function keepScore(done: string, reply: Reply): void {
  const score = list.lastElementChild;
  const questions = list.querySelectorAll<HTMLElement>('[data-is]');
  const answered = new Set<HTMLElement>();
  const right = new Set<HTMLElement>();
  /** How many were right at once; later answers are for learning. */
  let atOnce = 0;
  for (const question of questions) {
    question.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest('button');
      if (!button || !score) return;
      for (const other of question.querySelectorAll('button')) other.setAttribute('aria-pressed', String(other === button));
      const isRight = button.value === question.dataset['is'];
      if (isRight && !answered.has(question)) atOnce++;
      answered.add(question);
      reply(question, button, isRight);
      score.textContent = `${answered.size} of ${questions.length} ${done}, ${atOnce} right at the first try.`;
      if (isRight && right.add(question).size === questions.length)
        score.dispatchEvent(new CustomEvent('exercise-passed', { bubbles: true }));
    });
  }
}

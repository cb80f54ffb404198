import { keepScore } from './score.ts';

keepScore('chosen', (choice, button, isRight) => {
  const verdict = document.createElement('strong');
  verdict.textContent = isRight ? 'Yes. ' : 'Not this one. ';
  const why = isRight ? (choice.querySelector('.reason')?.cloneNode(true).childNodes ?? []) : [button.dataset['objection'] ?? ''];
  choice.querySelector('.reply')?.replaceChildren(verdict, ...why);
});

// Seven questions at the same moment. The server thinks about
// each for half a second.
const started = performance.now();
const since = () =>
  `${Math.round(performance.now() - started)} ms`;

for (let n = 1; n <= 7; n++) void ask(n);

async function ask(n: number) {
  await fetch('/long-poll/~oracle?timeout=500');
  console.log('question', n, 'was answered after', since());
}

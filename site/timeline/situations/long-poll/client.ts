// The server holds a long poll until there is news; then the client asks again. Two pieces of news come while one is held.
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function tell(after: number, news: string) {
  await wait(after);
  await fetch('/messages/news?latency=80', { method: 'POST', body: news });
}

async function listen() {
  let after = 0;
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(`/long-poll/news?after=${after}&timeout=900&latency=80`);
    if (answer.status === 200) after = ((await answer.json()) as { last: number }).last;
  }
}

await Promise.all([listen(), tell(700, 'kick-off'), tell(1300, 'goal')]);

// Verdict: the server was given 6 items, and the reader heard … Missed: … came while no question was open
// Asks again after each cut, but does not say what it knows.
for (const at of [600, 2100, 4800]) {
  setTimeout(() => post(`flash at ${at}`), at);
  setTimeout(() => post(`details of ${at}`), at + 60);
}

function post(body: string) {
  return fetch('/messages/~news', { method: 'POST', body });
}

const control = new AbortController();
setTimeout(() => control.abort(), 5900);

while (!control.signal.aborted) {
  try {
    const response = await fetch('/long-poll/~news?cut=900', { signal: control.signal });
    const answer = await response.json();
    for (const { data } of answer.messages) console.log('heard', data);
  } catch {
    // Cut, or given up. A short pause, so that a server that is away is not flooded.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

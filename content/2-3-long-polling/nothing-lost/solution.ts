// The same line, and nothing is lost: each question says what
// was heard already, and one that fails is asked again.
for (const at of [600, 2100, 4800]) {
  setTimeout(() => post(`flash at ${at}`), at);
  setTimeout(() => post(`details of ${at}`), at + 60);
}

function post(body: string) {
  return fetch('/messages/~news', { method: 'POST', body });
}

const control = new AbortController();
setTimeout(() => control.abort(), 5900);
let last = 0;

while (!control.signal.aborted) {
  try {
    const response = await fetch(
      `/long-poll/~news?after=${last}&cut=900`,
      { signal: control.signal },
    );
    const answer = await response.json();
    last = answer.last;
    for (const { data } of answer.messages)
      console.log('heard', data);
  } catch {
    // Cut, or given up. A short pause, so that a server that
    // is away is not flooded.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// Verdict: Every question went to /poll/~news, which answers at once: that is short polling … hold
// Loses nothing, but asks all the time.
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
    const response = await fetch(`/poll/~news?after=${last}`, { signal: control.signal });
    const answer = await response.json();
    last = answer.last;
    for (const { data } of answer.messages) console.log('heard', data);
    await new Promise((resolve) => setTimeout(resolve, 100));
  } catch {
    // Cut, or given up. A short pause, so that a server that is away is not flooded.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// The newsroom has two items at a time, and then a pause. The
// reader leaves a question with the server.
const pairs = [600, 1800, 3000];
for (const at of pairs) {
  setTimeout(() => post(`flash at ${at}`), at);
  setTimeout(() => post(`details of ${at}`), at + 60);
}

function post(body: string) {
  return fetch('/messages/~news', { method: 'POST', body });
}

// Each answer is followed by the next question at once. The
// last one is given up after four seconds.
const control = new AbortController();
setTimeout(() => control.abort(), 4000);

while (!control.signal.aborted) {
  try {
    const response = await fetch('/long-poll/~news', {
      signal: control.signal,
    });
    const { messages } = await response.json();
    for (const { data } of messages)
      console.log('heard', data);
  } catch {
    console.log('no more questions');
  }
}

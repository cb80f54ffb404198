// Six items, two by two, and a line that is cut 900 ms after
// each question. The reader loses half of its news.
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
  const response = await fetch('/long-poll/~news?cut=900', {
    signal: control.signal,
  });
  const { messages } = await response.json();
  for (const { data } of messages) console.log('heard', data);
}

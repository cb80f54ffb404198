// Verdict: On average the reader had its news … after the server … it takes less than 300 ms
// Quicker, but not quick enough.
const interval = 800;
const bytesOfAnEmptyPoll = 700; // request and response together, on the wire
let item = 0;
let last = 0;

const newsroom = setInterval(async () => {
  if (++item === 10) clearInterval(newsroom);
  await fetch('/messages/~news', { method: 'POST', body: `item ${item}` });
}, 730);

const reader = setInterval(async () => {
  const response = await fetch(`/poll/~news?after=${last}`);
  last = (await response.json()).last;
  if (last < 10) return;
  clearInterval(reader);
  await fetch('/messages/~bytes-of-an-empty-poll', { method: 'POST', body: String(bytesOfAnEmptyPoll) });
}, interval);

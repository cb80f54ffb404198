// Too slow, and nobody knows what it costs. Run it, and
// choose a poll that brought nothing.
const interval = 1000;
// Request and response together, on the wire:
const bytesOfAnEmptyPoll = 0;
let item = 0;
let last = 0;

const newsroom = setInterval(async () => {
  if (++item === 10) clearInterval(newsroom);
  await fetch('/messages/~news', {
    method: 'POST',
    body: `item ${item}`,
  });
}, 730);

const reader = setInterval(async () => {
  const response = await fetch(`/poll/~news?after=${last}`);
  last = (await response.json()).last;
  if (last < 10) return;
  clearInterval(reader);
  await fetch('/messages/~bytes-of-an-empty-poll', {
    method: 'POST',
    body: String(bytesOfAnEmptyPoll),
  });
}, interval);

// The server learns something new, and we ask it at once.
// Does it ever speak unasked?
const pause = (ms: number) =>
  new Promise((resolve) => setTimeout(resolve, ms));

await fetch('/messages/~news', {
  method: 'POST',
  body: 'The tide is coming in.',
});

const response = await fetch('/poll/~news');
const { messages } = await response.json();
console.log('asked, and heard:', messages[0].data);

await pause(100);

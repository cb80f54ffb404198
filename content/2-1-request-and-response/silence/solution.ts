// The server learns something new, and for two seconds nobody
// asks. Then we do.
const pause = (ms: number) =>
  new Promise((resolve) => setTimeout(resolve, ms));

await fetch('/messages/~news', {
  method: 'POST',
  body: 'The tide is coming in.',
});

await pause(2000);

const response = await fetch('/poll/~news');
const { messages } = await response.json();
console.log('asked, and heard:', messages[0].data);

// A newsroom has something new every 730 ms. A reader asks
// once a second whether there is.
const interval = 1000;
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
  const answer = await response.json();
  last = answer.last;
  console.log(
    answer.messages
      .map(({ data }: { data: string }) => data)
      .join(', ') || 'nothing new',
  );
  if (last === 10) clearInterval(reader);
}, interval);

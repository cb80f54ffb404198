// The link of an event stream is cut after 1.5 s: the EventSource reconnects, and says which event it had last.
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const events = new EventSource('/events/prices?latency=80&cut=1500&retry=300');
let heard = 0;
const all = new Promise<void>((resolve) => {
  events.onmessage = () => {
    if (++heard === 8) resolve();
  };
});
await new Promise((resolve) => (events.onopen = resolve));
for (let i = 1; i <= 8; i++) {
  await wait(250);
  await fetch('/messages/prices?latency=80', { method: 'POST', body: `price ${100 + i}` });
}
await all;
events.close();

// Verdict: 0 of 1 updates came back over polling
// One update is told and heard again and again, both ways of doing it side by side. The server pings the WebSocket every
// 100 ms; a real one does so every 20 s: what takes 17 seconds here stands for nearly an hour.
const every = 12_000;
const end = 14_000;
const name = '~rare';

const ws = new WebSocket(`/broadcast/${name}?pingevery=100`);
let told = 0;

async function update() {
  const text = `update ${++told}`;
  ws.send(text);
  await fetch(`/messages/${name}`, { method: 'POST', body: text });
}

ws.onopen = () => {
  const timer = setInterval(update, every);
  setTimeout(() => {
    clearInterval(timer);
    ws.close(1000, 'done');
  }, end);
};

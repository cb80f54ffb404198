// Verdict: 40 of 40 numbers were heard, each once, over … cuts. But you waited … Fifty clients that do so come back together
// Half a second, and a little noise on top: fifty clients still come back within the same twentieth of a second.
const room = '/broadcast/~numbers';
const heard: string[] = [];
let isOver = false;
let last = 0;

const station = new WebSocket(room);
station.onopen = () => {
  listen();
  let sent = 0;
  const timer = setInterval(() => {
    station.send(`number ${++sent}`);
    if (sent < 40) return;
    clearInterval(timer);
    setTimeout(() => {
      isOver = true;
      station.close(1000);
      console.log(`heard ${new Set(heard).size} of ${sent} numbers`);
    }, 800);
  }, 200);
};

function listen() {
  if (isOver) return;
  const ws = new WebSocket(`${room}?after=${last}&cut=1000`);

  ws.onmessage = ({ data }) => {
    const message = JSON.parse(data) as { id: number; data: string };
    last = message.id;
    heard.push(message.data);
  };

  ws.onclose = ({ code }) => {
    console.log(`cut off with ${code}, after ${heard.at(-1)}`);
    setTimeout(listen, 500 + Math.random() * 40);
  };
}

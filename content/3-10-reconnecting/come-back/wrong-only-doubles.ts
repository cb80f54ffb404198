// Verdict: With seed 1: Clients A and B lost their connections together, and came back together each time
// Resumes, and waits twice as long each time: no two waits are alike, but every other client waits for just as long.
const room = '/broadcast/~numbers';
const heard: string[] = [];
let isOver = false;
let last = 0;
let cuts = 0;

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
    }, 2000);
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
    setTimeout(listen, Math.min(50 * 2 ** cuts++, 500));
  };
}

// Verdict: came more than once … ask for what comes after the last id that you know.
// Asks for everything from the beginning each time: nothing is lost, and most comes again and again.
const room = '/broadcast/~numbers';
const heard: string[] = [];
let isOver = false;
let failures = 0;

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
  const ws = new WebSocket(`${room}?after=0&cut=1000`);

  ws.onopen = () => (failures = 0);

  ws.onmessage = ({ data }) => {
    const message = JSON.parse(data) as { id: number; data: string };
    heard.push(message.data);
  };

  ws.onclose = ({ code }) => {
    console.log(`cut off with ${code}, after ${heard.at(-1)}`);
    setTimeout(listen, Math.random() * Math.min(500 * 2 ** failures++, 10_000));
  };
}

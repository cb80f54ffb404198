// Verdict: numbers were heard. After 4 cuts the listener gave up: it was not there for number … and what came later.
// Resumes, and waits at random; but it counts every cut as a failure, and three are enough for it.
const room = '/broadcast/~numbers';
const heard: string[] = [];
let isOver = false;
let last = 0;
let attempts = 0;

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
    const message = JSON.parse(data) as {
      id: number;
      data: string;
    };
    last = message.id;
    heard.push(message.data);
  };

  ws.onclose = ({ code }) => {
    console.log(`cut off with ${code}, after ${heard.at(-1)}`);
    if (++attempts > 3) return console.log('gave up');
    setTimeout(listen, Math.random() * 500);
  };
}

// A station sends forty numbers into a room. The listener
// is cut off a second after each opening, and comes back.
const room = '/broadcast/~numbers';
const heard: string[] = [];
let isOver = false;

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
      console.log(
        `heard ${new Set(heard).size} of ${sent} numbers`,
      );
    }, 2000);
  }, 200);
};

function listen() {
  if (isOver) return;
  const ws = new WebSocket(`${room}?cut=1000`);

  ws.onmessage = ({ data }) => heard.push(data);

  ws.onclose = ({ code }) => {
    console.log(
      `cut off with ${code}, after ${heard.at(-1)}`,
    );
    setTimeout(listen, 500);
  };
}

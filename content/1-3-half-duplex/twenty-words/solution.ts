// Ten words each. A station asks for the floor, waits until
// it has it, says a few words, and gives it back.
const channel = '/half-duplex/~radio?air=100';
const atATime = 5;
let left = 2;

const stations = [station('ada'), station('bo')];

function station(name: string) {
  const ws = new WebSocket(`${channel}&station=${name}`);
  const say = (message: object) =>
    ws.send(JSON.stringify(message));
  const words = Array.from(
    { length: 10 },
    (_, i) => `${name} ${i + 1}`,
  );
  let said = 0;

  ws.onopen = () => say({ type: 'request', wait: true });

  ws.onmessage = ({ data }) => {
    const { type } = JSON.parse(data) as { type: string };
    if (type === 'granted') said = 0;
    if (type === 'granted' || type === 'heard') sayNext();
    if (type === 'released') askAgain();
  };

  function askAgain() {
    if (words.length > 0)
      say({ type: 'request', wait: true });
    else if (--left === 0) {
      for (const one of stations) one.close(1000);
    }
  }

  function sayNext() {
    const text = said++ < atATime ? words.shift() : undefined;
    say(
      text === undefined
        ? { type: 'release' }
        : { type: 'word', text },
    );
  }
  return ws;
}

// Two stations with ten words each, and nothing to settle
// who speaks. Each says its next word when it knows what
// became of the last.
const channel = '/half-duplex/~radio?air=100&floor=0';
type Told = { type: string; text?: string };
let joined = 0;
let left = 2;

const stations = [station('ada'), station('bo')];

function station(name: string) {
  const ws = new WebSocket(`${channel}&station=${name}`);
  const words = Array.from(
    { length: 10 },
    (_, i) => `${name} ${i + 1}`,
  );

  ws.onmessage = ({ data }) => {
    const { type, text } = JSON.parse(data) as Told;
    if (type === 'lost') console.log(`"${text}" was lost`);
    if (type === 'joined' && ++joined === 2) {
      for (const one of stations) one.sayNext();
    }
    if (type === 'heard' || type === 'lost') sayNext();
  };

  function sayNext() {
    const text = words.shift();
    if (text !== undefined) {
      ws.send(JSON.stringify({ type: 'word', text }));
    } else if (--left === 0) {
      for (const one of stations) one.ws.close(1000);
    }
  }
  return { ws, sayNext };
}

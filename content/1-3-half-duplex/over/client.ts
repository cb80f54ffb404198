// Two stations on one channel. Who wants to speak asks for
// the floor, gets it, speaks, and gives it back.
const channel = '/half-duplex/~radio?air=250';
let done = 0;

const ada = station('Ada', ['ready', 'when you are', 'over']);
const bo = station('Bo', ['all clear', 'here', 'out']);

function station(name: string, words: string[]) {
  const ws = new WebSocket(`${channel}&station=${name}`);
  const say = (message: object) => ws.send(JSON.stringify(message));

  ws.onopen = () => say({ type: 'request', wait: true });

  ws.onmessage = ({ data }) => {
    const message = JSON.parse(data) as { type: string; text?: string };
    if (message.type === 'word') console.log(`${name} hears "${message.text}"`);
    if (message.type === 'granted' || message.type === 'heard') sayNext();
    if (message.type === 'released' && ++done === 2) [ada, bo].forEach((one) => one.close(1000));
  };

  function sayNext() {
    const text = words.shift();
    say(text === undefined ? { type: 'release' } : { type: 'word', text });
  }
  return ws;
}

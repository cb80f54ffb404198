// Two stations on one channel. Who wants to speak asks for
// the floor, gets it, speaks, and gives it back.
const channel = '/half-duplex/~radio?air=250';
type Told = { type: string; text?: string };
let done = 0;

const ada = station('Ada', ['ready', 'when you are', 'over']);
const bo = station('Bo', ['all clear', 'here', 'out']);

function station(name: string, words: string[]) {
  const ws = new WebSocket(`${channel}&station=${name}`);
  const say = (message: object) =>
    ws.send(JSON.stringify(message));

  ws.onopen = () => say({ type: 'request', wait: true });

  ws.onmessage = ({ data }) => {
    const { type, text } = JSON.parse(data) as Told;
    if (type === 'word')
      console.log(`${name} hears "${text}"`);
    if (type === 'granted' || type === 'heard') sayNext();
    if (type === 'released' && ++done === 2) {
      for (const one of [ada, bo]) one.close(1000);
    }
  };

  function sayNext() {
    const text = words.shift();
    say(
      text === undefined
        ? { type: 'release' }
        : { type: 'word', text },
    );
  }
  return ws;
}

// Verdict: of 20 words were heard, and … were lost … both say it again at the same moment
// Says a lost word again at once, three times at most. So does the other station.
const channel = '/half-duplex/~radio?air=100&floor=0';
let joined = 0;
let left = 2;

const stations = [station('ada'), station('bo')];

function station(name: string) {
  const ws = new WebSocket(`${channel}&station=${name}`);
  const words = Array.from({ length: 10 }, (_, i) => `${name} ${i + 1}`).flatMap((word) => [word, word, word]);

  ws.onmessage = ({ data }) => {
    const { type, text } = JSON.parse(data) as { type: string; text?: string };
    while (type === 'heard' && words[0] === text) words.shift();
    if (type === 'joined' && ++joined === 2) stations.forEach(({ sayNext }) => sayNext());
    if (type === 'heard' || type === 'lost') sayNext();
  };

  function sayNext() {
    const text = words.shift();
    if (text !== undefined) ws.send(JSON.stringify({ type: 'word', text }));
    else if (--left === 0) stations.forEach((one) => one.ws.close(1000));
  }
  return { ws, sayNext };
}

// Verdict: 20 words were heard, and none was lost, but … of them … both stations have something to say
// One station holds the floor and says all twenty words; the other listens for ever.
const channel = '/half-duplex/~radio?air=100';
const words = Array.from({ length: 20 }, (_, i) => `word ${i + 1}`);

const ada = new WebSocket(`${channel}&station=ada`);
const bo = new WebSocket(`${channel}&station=bo`);

ada.onopen = () => ada.send(JSON.stringify({ type: 'request' }));

ada.onmessage = ({ data }) => {
  const { type } = JSON.parse(data) as { type: string };
  if (type !== 'granted' && type !== 'heard') return;
  const text = words.shift();
  if (text !== undefined) return ada.send(JSON.stringify({ type: 'word', text }));
  ada.close(1000);
  bo.close(1000);
};

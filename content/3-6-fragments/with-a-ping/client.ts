// One message of 256 bytes. The server sends it back in
// frames of 64 bytes, with a ping in their middle.
const ws = new WebSocket('/echo?fragment=64&ping=1');

const text =
  'A long message can leave before it is whole. ' +
  'Here goes a fox: 🦊 and it is cut in two. ' +
  'Each part goes in a frame of its own, and the ' +
  'last one says so. Whoever reads them puts them ' +
  'together, and gives the program one message: ' +
  'no frames, and the whole fox.';

ws.onopen = () => ws.send(text);

ws.onmessage = (event) => {
  console.log('one message event:', event.data);
  ws.close(1000, 'done');
};

// Six words to an echo. This program waits for each echo
// before it says the next word.
const ws = new WebSocket('/echo');
let sent = 0;

ws.onopen = () => {
  ws.send(`word ${++sent}`);
};

ws.onmessage = (event) => {
  console.log('echo:', event.data);
  if (sent < 6) ws.send(`word ${++sent}`);
  else ws.close(1000, 'done');
};

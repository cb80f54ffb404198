// The server ticks five times and then closes. We have
// heard enough after the third tick.
const ws = new WebSocket('/ticker?every=200&count=5&close=1');

ws.onmessage = (event) => {
  console.log('heard', event.data);
  if (event.data === 'tick 3') ws.close();
};

ws.onclose = ({ code, reason, wasClean }) => {
  console.log(
    `told: ${code} "${reason}", ${wasClean ? 'clean' : 'not clean'}`,
  );
};

// Any address works: it leads to this playground's own
// sandbox. '/echo' sends back what it gets,
// '/broadcast/lobby' tells everybody in the room,
// '/ticker?every=500' speaks by itself.
const ws = new WebSocket('/echo');

ws.onopen = () => ws.send('Hello');

ws.onmessage = (event) => {
  console.log('heard', event.data);
  ws.close(1000, 'done');
};

ws.onclose = (event) => console.log('closed', event.code, event.reason);

// One handshake, one message each way, one closing.
const ws = new WebSocket('/echo');
console.log(
  'state',
  ws.readyState,
  'CONNECTING: the request is on its way',
);

ws.onopen = () => {
  console.log(
    'state',
    ws.readyState,
    'OPEN: the 101 is here',
  );
  ws.send('Hello');
};

ws.onmessage = (event) => {
  console.log('echo:', event.data);
  ws.close(1000, 'done');
};

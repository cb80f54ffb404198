// Four endings. Each prints what the client's end is told.
const both = watch(
  'both at once',
  '/ticker?every=100&count=1&close=1',
);
both.onopen = () => both.close(4001, 'I am leaving');

const bare = watch('no code', '/echo');
bare.onopen = () => bare.close();

const plain = watch('code and reason', '/echo');
plain.onopen = () => plain.close(4000, 'the game is over');

watch('never opened', '/ticker?every=1');

function watch(name: string, address: string) {
  const ws = new WebSocket(address);
  ws.onclose = ({ code, reason, wasClean }) => {
    console.log(
      `${name}: ${code} "${reason}", ${wasClean ? 'clean' : 'not clean'}`,
    );
  };
  return ws;
}

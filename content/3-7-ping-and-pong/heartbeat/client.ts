// One of these peers will die without a word. The other one
// is well, and merely has nothing to say.
watch('the quiet one', '/echo');
watch('the doomed one', '/echo?silent=2000&cut=9000');

function watch(name: string, address: string) {
  const ws = new WebSocket(address);

  ws.onopen = () => {
    console.log(`${name}: open`);
    // Whatever happens, we leave after seven seconds.
    setTimeout(() => ws.close(1000, 'time to go'), 7000);
  };

  ws.onclose = ({ code }) =>
    console.log(`${name}: closed with ${code}`);
}

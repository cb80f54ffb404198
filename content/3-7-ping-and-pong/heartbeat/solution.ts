// Asks each peer every second. One that has not answered
// for two is given up.
watch('the quiet one', '/echo');
watch('the doomed one', '/echo?silent=2000&cut=9000');

function watch(name: string, address: string) {
  const ws = new WebSocket(address);
  let heardAt = 0;

  ws.onopen = () => {
    console.log(`${name}: open`);
    heardAt = performance.now();
    const heartbeat = setInterval(() => {
      if (performance.now() - heardAt < 2000)
        return ws.send('ping');
      clearInterval(heartbeat);
      console.log(
        `${name}: no answer for 2 s, so I take it for dead`,
      );
      ws.close(4000, 'no heartbeat');
    }, 1000);
    // Whatever happens, we leave after seven seconds.
    setTimeout(() => {
      clearInterval(heartbeat);
      ws.close(1000, 'time to go');
    }, 7000);
  };

  ws.onmessage = () => (heardAt = performance.now());
  ws.onclose = ({ code }) =>
    console.log(`${name}: closed with ${code}`);
}

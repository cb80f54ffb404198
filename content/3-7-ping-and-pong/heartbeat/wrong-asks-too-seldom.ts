// Verdict: You gave the dead peer up … after its line went silent; it takes less than 3.0 s. Your interval and the time you wait for an answer add up
// Asks every three seconds: a heartbeat, and too slow a one.
watch('the quiet one', '/echo');
watch('the doomed one', '/echo?silent=2000&cut=9000');

function watch(name: string, address: string) {
  const ws = new WebSocket(address);
  let answered = true;

  ws.onopen = () => {
    const heartbeat = setInterval(() => {
      if (!answered) return ws.close(4000, 'no heartbeat');
      answered = false;
      ws.send('ping');
    }, 3000);
    setTimeout(() => {
      clearInterval(heartbeat);
      ws.close(1000, 'time to go');
    }, 7000);
  };

  ws.onmessage = () => (answered = true);
  ws.onclose = ({ code }) => console.log(`${name}: closed with ${code}`);
}

// Verdict: The peer at /echo was given up … after it opened, and it was alive … ask it, and only then count its silence.
// Gives up whoever has said nothing for two seconds, without having asked.
watch('the quiet one', '/echo');
watch('the doomed one', '/echo?silent=2000&cut=9000');

function watch(name: string, address: string) {
  const ws = new WebSocket(address);
  ws.onopen = () => {
    let timer = setTimeout(() => ws.close(4000, 'too quiet'), 2000);
    ws.onmessage = () => {
      clearTimeout(timer);
      timer = setTimeout(() => ws.close(4000, 'too quiet'), 2000);
    };
  };
  ws.onclose = ({ code }) => console.log(`${name}: closed with ${code}`);
}

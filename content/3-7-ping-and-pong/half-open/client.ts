// After 2.5 s the line goes dead, and nobody is told. After
// 7 s TCP gives up; in real life that takes minutes.
const ws = new WebSocket(
  '/echo?pingevery=500&silent=2500&cut=7000',
);
let asked = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send(`are you there? ${++asked}`);
    console.log(
      `asked ${asked} times; readyState is ${ws.readyState}`,
    );
  }, 500);

  ws.onclose = ({ code, wasClean }) => {
    clearInterval(timer);
    console.log(
      `told at last: ${code}, ${wasClean ? 'clean' : 'not clean'}`,
    );
  };
};

ws.onmessage = ({ data }) => console.log('echo:', data);

// Verdict: At most … of yours and 0 of the server's were in flight … it takes 2 each way
// Many at a time, but to an address that does not answer.
const ws = new WebSocket('/broadcast/nobody-here?self=0');
let sent = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    ws.send(`word ${++sent}`);
    if (sent < 6) return;
    clearInterval(timer);
    ws.close(1000, 'done');
  }, 150);
};

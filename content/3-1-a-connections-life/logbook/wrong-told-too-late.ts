// Verdict: Told in time: 1 OPEN, 3 CLOSED. Still missing: 0 CONNECTING holds right after new WebSocket(); 2 CLOSING holds right after close()
// Reads the state at the events alone: two of the four never are the state at an event.
const log = new WebSocket('/echo');

log.onopen = () => {
  const ws = new WebSocket('/echo');
  const report = () => log.send(String(ws.readyState));
  ws.onopen = () => {
    report();
    ws.send('Hello');
  };
  ws.onmessage = () => {
    report();
    ws.close(1000, 'done');
  };
  ws.onclose = () => {
    report();
    log.close(1000, 'that was all');
  };
};

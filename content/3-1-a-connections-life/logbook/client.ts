// A connection, and a second one that keeps its logbook.
// Two of the four states are missing.
const log = new WebSocket('/echo');
const report = (state: number) => log.send(String(state));

log.onopen = () => {
  const ws = new WebSocket('/echo');
  ws.onopen = () => {
    report(ws.readyState);
    ws.close(1000, 'done');
  };
  ws.onclose = () => {
    report(ws.readyState);
    log.close(1000, 'that was all');
  };
};

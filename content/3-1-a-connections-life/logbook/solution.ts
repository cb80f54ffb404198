// A connection, and a second one that keeps its logbook:
// all four states, each while it holds.
const log = new WebSocket('/echo');
const report = (state: number) => log.send(String(state));

log.onopen = () => {
  const ws = new WebSocket('/echo');
  report(ws.readyState); // 0, CONNECTING: the constructor does not wait
  ws.onopen = () => {
    report(ws.readyState); // 1, OPEN
    ws.close(1000, 'done');
    report(ws.readyState); // 2, CLOSING: close() does not wait either
  };
  ws.onclose = () => {
    report(ws.readyState); // 3, CLOSED
    log.close(1000, 'that was all');
  };
};

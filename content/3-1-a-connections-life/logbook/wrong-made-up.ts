// Verdict: Told in time: … "0" was sent at … ms, when that was not the state.
// Writes down four numbers at the end, instead of each while it holds.
const log = new WebSocket('/echo');

log.onopen = () => {
  const ws = new WebSocket('/echo');
  ws.onopen = () => ws.close(1000, 'done');
  ws.onclose = () => {
    for (const state of [0, 1, 2, 3]) log.send(String(state));
    log.close(1000, 'that was all');
  };
};

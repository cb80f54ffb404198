// Verdict: Your Close frame carried 1000 … This exercise agrees on 4001, a code for private use.
// A code and a reason, but not the one that both ends have agreed on.
const ws = new WebSocket('/ticker?every=200&count=5&close=1');

ws.onmessage = (event) => {
  if (event.data === 'tick 3') ws.close(1000, 'three ticks are enough');
};

// A player runs in a circle and tells where it is: ten
// times a second so far, as text.
const ws = new WebSocket('/echo');
ws.binaryType = 'arraybuffer';
const hertz = 10;
const count = 2 * hertz;
let tick = 0;
let heard = 0;

ws.onopen = () => {
  const timer = setInterval(() => {
    tick++;
    const angle = (2 * Math.PI * tick) / count;
    ws.send(
      message(
        tick,
        200 + 100 * Math.cos(angle),
        150 + 100 * Math.sin(angle),
      ),
    );
    if (tick === count) clearInterval(timer);
  }, 1000 / hertz);
};

ws.onmessage = () => {
  if (++heard === count) ws.close(1000, 'once round');
};

function message(tick: number, x: number, y: number) {
  return JSON.stringify({ tick, x, y });
}

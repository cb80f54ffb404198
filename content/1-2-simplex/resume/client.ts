// Five ticks a second, and a line that is cut 1.3 s after
// each opening. Some ticks go missing.
const address = '/events/ticker?every=200&cut=1300';
const heard: number[] = [];
let over = false;
let source = tuneIn();

function tuneIn() {
  const fresh = new EventSource(address);
  fresh.onmessage = ({ lastEventId }) => {
    heard.push(Number(lastEventId));
  };
  fresh.onerror = () => {
    // Cut off: begin again, with a new EventSource.
    fresh.close();
    setTimeout(() => {
      if (!over) source = tuneIn();
    }, 300);
  };
  return fresh;
}

setTimeout(() => {
  over = true;
  source.close();
  console.log('heard', heard.join(' '));
}, 5700);

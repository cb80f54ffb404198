// Verdict: The line was cut … Missing: … A new EventSource knows nothing of the old one
// Comes back at once. What is on the air while it opens is lost all the same.
const address = '/events/ticker?every=200&cut=1300';
const heard: number[] = [];
let source = tuneIn();

function tuneIn() {
  const fresh = new EventSource(address);
  fresh.onmessage = ({ lastEventId }) => {
    heard.push(Number(lastEventId));
  };
  fresh.onerror = () => {
    // Cut off: begin again, with a new EventSource.
    fresh.close();
    source = tuneIn();
  };
  return fresh;
}

setTimeout(() => {
  source.close();
  console.log('heard', heard.join(' '));
}, 5700);

// The same line. We leave the EventSource alone: it comes
// back by itself, and says which tick it heard last.
const address = '/events/ticker?every=200&cut=1300&retry=300';
const heard: number[] = [];
const source = new EventSource(address);

source.onmessage = ({ lastEventId }) => {
  heard.push(Number(lastEventId));
};

setTimeout(() => {
  source.close();
  console.log('heard', heard.join(' '));
}, 5700);

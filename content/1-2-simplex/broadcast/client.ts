// A radio station: it is on the air, whether we listen or
// not. We listen to eight ticks, and try to answer.
const address = '/events/ticker?every=400';
const source = new EventSource(address);
let heard = 0;

source.onmessage = ({ data }) => {
  console.log('heard', data);
  heard++;
  if (heard === 3)
    console.log('can it send?', 'send' in source);
  if (heard === 4) void answer('Can you hear me?');
  if (heard === 8) source.close();
};

// There is no microphone in a radio. What does the station
// say to a letter?
async function answer(body: string) {
  const response = await fetch(address, {
    method: 'POST',
    body,
  });
  const reply = await response.text();
  console.log('the letter came back:', reply);
}

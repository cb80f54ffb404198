// 2.5 MB over a link of 4 Mbit/s, which takes five seconds
// for them. send() does not mind.
const ws = new WebSocket('/sink?bandwidth=4000000');
const chunk = new Uint8Array(62_500);
const count = 40;
let arrived = 0;

ws.onopen = () => {
  for (let i = 0; i < count; i++) ws.send(chunk);
  tell('right after the loop');
  setTimeout(() => tell('half a second later'), 500);
  setTimeout(() => tell('two seconds later'), 2000);
};

// The sink answers each message with the number of bytes
// that it has had so far.
ws.onmessage = ({ data }) => {
  arrived = Number(data);
  if (arrived < count * chunk.length) return;
  tell('at the end');
  ws.close(1000, 'all there');
};

function tell(when: string) {
  console.log(
    `${when}: bufferedAmount ${ws.bufferedAmount}, arrived ${arrived}`,
  );
}

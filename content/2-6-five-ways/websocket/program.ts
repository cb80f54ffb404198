// The job: tell the server so many updates, one every so
// many ms, and hear each of them back.
const job = { every: 250, updates: 8 };

const room = '~job';
let heard = 0;

// WebSocket: one handshake, then each end speaks when it
// likes.
const ws = new WebSocket(`/broadcast/${room}`);

let told = 0;
function tell() {
  ws.send(`update ${++told}`);
  if (told < job.updates) setTimeout(tell, job.every);
}

ws.onopen = () => setTimeout(tell, job.every);
ws.onmessage = () => {
  if (++heard < job.updates) return;
  ws.close(1000, 'done');
  console.log(`heard ${heard} updates`);
};

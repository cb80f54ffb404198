// The job: tell the server so many updates, one every so
// many ms, and hear each of them back.
const job = { every: 250, updates: 8 };

const channel = '~job';
let heard = 0;

let told = 0;
function tell() {
  fetch(`/messages/${channel}`, {
    method: 'POST',
    body: `update ${++told}`,
  });
  if (told < job.updates) setTimeout(tell, job.every);
}

// An HTTP stream: the answer's body is read piece by piece,
// as it comes.
async function listen() {
  const stop = new AbortController();
  const { body } = await fetch(`/events/${channel}`, {
    signal: stop.signal,
  });
  if (!body) return;
  setTimeout(tell, job.every);
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (heard < job.updates) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    heard = text.split('data: ').length - 1;
  }
  stop.abort();
  console.log(`heard ${heard} updates`);
}
listen();

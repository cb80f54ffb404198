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

// Server-sent events: one answer that goes on and on, an
// event for each message.
const source = new EventSource(`/events/${channel}`);
source.onopen = () => setTimeout(tell, job.every);
source.onmessage = () => {
  if (++heard < job.updates) return;
  source.close();
  console.log(`heard ${heard} updates`);
};

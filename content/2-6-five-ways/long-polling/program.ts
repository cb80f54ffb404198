// The job: tell the server so many updates, one every so
// many ms, and hear each of them back.
const job = { every: 250, updates: 8 };

const channel = '~job';
let heard = 0;
let last = 0;

const telling = setInterval(tell, job.every);
let told = 0;
function tell() {
  fetch(`/messages/${channel}`, {
    method: 'POST',
    body: `update ${++told}`,
  });
  if (told === job.updates) clearInterval(telling);
}

// Long polling: the server holds the request until there is
// something to say.
async function listen() {
  while (heard < job.updates) {
    const answer = await fetch(
      `/long-poll/${channel}?after=${last}`,
    );
    if (answer.status === 204) continue;
    const { messages, last: latest } = await answer.json();
    last = latest;
    heard += messages.length;
  }
  console.log(`heard ${heard} updates`);
}
listen();

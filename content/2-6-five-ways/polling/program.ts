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

// Short polling: ask again and again, whether there is
// something or not. The first question comes between two
// updates: news does not wait for the moment at which it is
// asked for.
let asking: ReturnType<typeof setInterval>;
setTimeout(() => {
  asking = setInterval(ask, job.every);
}, job.every / 2);
let isAsking = false;
async function ask() {
  // A second question before the first is answered would be
  // told the same again.
  if (isAsking) return;
  isAsking = true;
  const answer = await fetch(
    `/poll/${channel}?after=${last}`,
  );
  const { messages, last: latest } = await answer.json();
  isAsking = false;
  if (latest <= last) return;
  last = latest;
  heard += messages.length;
  if (heard < job.updates) return;
  clearInterval(asking);
  console.log(`heard ${heard} updates`);
}

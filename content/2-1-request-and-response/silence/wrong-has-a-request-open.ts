// Verdict: a request was open: GET /long-poll/~anything … no proof
// Two seconds go by, but all the while a request is open that the server may answer.
const held = fetch('/long-poll/~anything?timeout=3000');
await fetch('/messages/~news', { method: 'POST', body: 'The tide is coming in.' });
await new Promise((resolve) => setTimeout(resolve, 2000));
console.log('asked, and heard:', await (await fetch('/poll/~news')).text());
console.log((await held).status);

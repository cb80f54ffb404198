// Verdict: The server had news, and nobody asked for it … Ask for it in the end
// Waits for the server, and waits.
await fetch('/messages/~news', { method: 'POST', body: 'The tide is coming in.' });
setTimeout(() => console.log('still nothing'), 2000);

// Verdict: carried bytes at once for … Still missing: a link on which both directions carry bytes at once for at least 30 %
// All three links, but on the full-duplex one both ends speak so rarely that they hardly meet.
talk('simplex', 150);
talk('half', 150);
talk('full', 600);

function talk(duplex: string, every: number) {
  const ws = new WebSocket(`/ticker?every=${every}&count=5&duplex=${duplex}`);
  let sent = 0;
  let heard = 0;
  ws.onopen = () => {
    // Half of the time between two ticks later, so that the two are never on the way together.
    setTimeout(() => {
      const timer = setInterval(() => {
        ws.send(`${duplex} ${++sent}`);
        if (sent === 5) clearInterval(timer);
        closeWhenDone();
      }, every);
    }, every / 2);
  };
  ws.onmessage = () => {
    heard++;
    closeWhenDone();
  };
  function closeWhenDone() {
    if (sent === 5 && heard === 5) ws.close(1000);
  }
}

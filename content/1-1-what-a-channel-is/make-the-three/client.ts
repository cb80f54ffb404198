// One link so far, on which both ends speak so rarely that
// they hardly ever meet.
talk('full', 900);

// Five messages each way over one link, the client's
// `every` milliseconds apart.
function talk(duplex: string, every: number) {
  const ws = new WebSocket(
    `/ticker?every=900&count=5&duplex=${duplex}`,
  );
  let sent = 0;
  let heard = 0;
  ws.onopen = () => {
    const timer = setInterval(() => {
      ws.send(`${duplex} ${++sent}`);
      if (sent === 5) clearInterval(timer);
      if (sent === 5 && heard === 5) ws.close(1000);
    }, every);
  };
  ws.onmessage = () => {
    heard++;
    if (sent === 5 && heard === 5) ws.close(1000);
  };
}

// The same ten messages each way, over three links.
for (const duplex of ['simplex', 'half', 'full']) {
  const ws = new WebSocket(
    `/ticker?every=150&count=10&duplex=${duplex}`,
  );
  let sent = 0;
  let heard = 0;

  ws.onopen = () => {
    const timer = setInterval(() => {
      ws.send(`${duplex} ${++sent}`);
      if (sent === 10) clearInterval(timer);
      closeWhenDone();
    }, 150);
  };

  ws.onmessage = () => {
    heard++;
    closeWhenDone();
  };

  function closeWhenDone() {
    if (sent < 10 || heard < 10) return;
    console.log(`${duplex}: sent ${sent}, heard ${heard}`);
    ws.close(1000, 'done');
  }
}

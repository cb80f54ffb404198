// Three links, and both ends speak so often that their
// messages meet wherever the link lets them.
talk('simplex', 150);
talk('half', 150);
talk('full', 150);

// Five messages each way over one link, `every`
// milliseconds apart.
function talk(duplex: string, every: number) {
  const ws = new WebSocket(
    `/ticker?every=${every}&count=5&duplex=${duplex}`,
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

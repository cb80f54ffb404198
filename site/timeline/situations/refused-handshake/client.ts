// The server refuses a handshake because of an invalid parameter, then accepts one.
const bad = new WebSocket('/echo?latency=80&fragment=none');
await new Promise((resolve) => (bad.onclose = resolve));
const good = new WebSocket('/echo?latency=80');
good.onopen = () => good.send('open at last');
good.onmessage = () => good.close(1000);

// Verdict: Never more than … were on their way, and all 5.0 MB arrived, but that took … Let more be on the way at once.
// One message, one answer, the next message: the link stands idle while each answer comes back.
const ws = new WebSocket('/sink?bandwidth=8000000');
const chunk = new Uint8Array(62_500);

ws.onopen = () => ws.send(chunk);

ws.onmessage = ({ data }) => {
  if (Number(data) >= 5_000_000) ws.close(1000, 'all there');
  else ws.send(chunk);
};

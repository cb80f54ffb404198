// The link is cut in the middle of the conversation: no Close frame, and code 1006 at both ends.
const socket = new WebSocket('/echo?latency=120&cut=1500');
let sent = 0;
socket.onopen = () => setInterval(() => socket.readyState === 1 && socket.send(`message ${++sent}`), 250);

// After 1.2 s the link carries nothing more and tells nobody: the program gives up by itself.
const socket = new WebSocket('/echo?latency=100&silent=1200');
let sent = 0;
socket.onopen = () => setInterval(() => socket.readyState === 1 && socket.send(`message ${++sent}`), 300);
setTimeout(() => socket.close(4000, 'no answer'), 2600);

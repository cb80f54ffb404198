// The server sends one message of 800 bytes in frames of 200, with a ping in the middle.
const socket = new WebSocket('/echo?fragment=200&ping=1&bandwidth=16000&latency=120');
socket.onopen = () => socket.send('one message, four frames '.repeat(32));
socket.onmessage = () => setTimeout(() => socket.close(1000, 'thanks'), 300);

// The server sends one message of 40 bytes in frames of 10, with a ping in the middle.
const socket = new WebSocket('/echo?fragment=10&ping=1&bandwidth=800&latency=120');
socket.onopen = () => socket.send('one message in four frames, and a ping..');
socket.onmessage = () => setTimeout(() => socket.close(1000, 'thanks'), 400);

// 25 of every hundred frames are lost on their way. TCP sends them again, and everything behind them waits.
const socket = new WebSocket('/ticker?every=150&count=16&close=1&latency=80&loss=25&seed=11');
socket.onmessage = ({ data }) => console.log(data);

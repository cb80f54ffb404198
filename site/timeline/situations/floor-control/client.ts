// Two stations share a channel with a floor: a station that wants to speak asks for it and waits its turn. Both run this.
const station = new WebSocket('/half-duplex/valley?floor=1&air=250&latency=60');
const tell = (message: object) => station.send(JSON.stringify(message));

station.onopen = () => tell({ type: 'request', wait: true });

station.onmessage = ({ data }) => {
  const { type } = JSON.parse(data) as { type: string };
  if (type === 'granted') {
    tell({ type: 'word', text: 'hello' });
    tell({ type: 'word', text: 'over' });
    tell({ type: 'release' });
  } else if (type === 'released') {
    setTimeout(() => station.close(1000), 900);
  }
};

// Two stations share a channel, and nothing settles who may speak. Both run this.
const station = new WebSocket('/half-duplex/hill?floor=0&air=500&latency=60');
const say = (text: string) => station.send(JSON.stringify({ type: 'word', text }));
let me = '';

station.onmessage = ({ data }) => {
  const message = JSON.parse(data) as { type: string; station?: string; text?: string };
  if (message.type === 'joined') {
    me = message.station ?? '';
    if (me === 'S2') say('over here');
  } else if (message.type === 'word' && message.text === 'over here') {
    say('how are you');
  } else if (message.type === 'heard' && message.text === 'over here') {
    // The other one answers at this very moment.
    say('can you hear');
  } else if (message.type === 'lost') {
    setTimeout(() => say(message.text ?? ''), me === 'S1' ? 200 : 1100);
  } else if (message.type === 'word' && message.text === 'can you hear') {
    station.close(1000, 'over and out');
  } else if (message.type === 'heard' && message.text === 'can you hear') {
    station.close(1000, 'over and out');
  }
};

// Verdict: You kept out Ada, on the application's own page … Good clients come with your own origin
// Safe, and of no use to anybody.
const door = new WebSocket('/door');
let origin = '';
let tickets: { ticket: string; secondsLeft: number }[] = [];

function mayEnter(): boolean {
  return false;
}

door.onmessage = ({ data }) => {
  const message = JSON.parse(data) as FromDoor;
  if (message.type === 'open') {
    ({ origin, tickets } = message);
    console.log(`we are ${origin}, and have given out ${tickets.length} tickets`);
  } else if (message.type === 'knock') {
    door.send(JSON.stringify({ visitor: message.visitor, allow: mayEnter() }));
  } else if (message.type === 'answered') {
    console.log(`${message.status === 101 ? 'came in' : 'kept out'}: ${message.who}`);
  } else {
    door.close(1000, 'closing time');
  }
};

type FromDoor =
  | { type: 'open'; origin: string; tickets: { ticket: string; secondsLeft: number }[] }
  | { type: 'knock'; visitor: number; request: string; headers: Record<string, string> }
  | { type: 'answered'; visitor: number; status: number; who: string }
  | { type: 'over' };

// Who may come in? Change mayEnter: so far the beginning of
// the Origin is all that counts.
const door = new WebSocket('/door');
let origin = '';
let tickets: { ticket: string; secondsLeft: number }[] = [];

function mayEnter(
  request: string,
  headers: Record<string, string>,
): boolean {
  const ticket = new URL(
    request.split(' ')[1] ?? '/',
    'http://door',
  ).searchParams.get('ticket');
  console.log(
    `  origin ${headers['origin']}, ticket ${ticket}`,
  );
  return headers['origin']?.startsWith(origin) ?? false;
}

door.onmessage = ({ data }) => {
  const message = JSON.parse(data) as FromDoor;
  if (message.type === 'open') {
    ({ origin, tickets } = message);
    console.log(
      `we are ${origin}, and have given out ${tickets.length} tickets`,
    );
  } else if (message.type === 'knock') {
    door.send(
      JSON.stringify({
        visitor: message.visitor,
        allow: mayEnter(message.request, message.headers),
      }),
    );
  } else if (message.type === 'answered') {
    console.log(
      `${message.status === 101 ? 'came in' : 'kept out'}: ${message.who}`,
    );
  } else {
    door.close(1000, 'closing time');
  }
};

type FromDoor =
  | {
      type: 'open';
      origin: string;
      tickets: { ticket: string; secondsLeft: number }[];
    }
  | {
      type: 'knock';
      visitor: number;
      request: string;
      headers: Record<string, string>;
    }
  | {
      type: 'answered';
      visitor: number;
      status: number;
      who: string;
    }
  | { type: 'over' };

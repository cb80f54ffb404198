// Your program keeps the door of a chat. Like many, it lets
// in whoever brings the cookie of a user who has logged in.
const door = new WebSocket('/door');

door.onmessage = ({ data }) => {
  const message = JSON.parse(data) as FromDoor;
  if (message.type === 'knock') {
    const allow =
      message.headers['cookie']?.includes('-is-logged-in') ??
      false;
    door.send(
      JSON.stringify({ visitor: message.visitor, allow }),
    );
  } else if (message.type === 'answered') {
    console.log(
      `${message.status === 101 ? 'came in' : 'kept out'}: ${message.who}`,
    );
  } else if (message.type === 'over') {
    door.close(1000, 'closing time');
  }
};

type FromDoor =
  | { type: 'open'; origin: string }
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

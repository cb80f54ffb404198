/** The visitors of a door: good clients and hostile ones, each with the handshake that such a client really sends. */

/** A ticket that the application gave to one of its users, over HTTPS, after they had logged in. */
export interface Ticket {
  ticket: string;
  /** 0 or less if it has expired. */
  secondsLeft: number;
}

/** A client that comes to the door. */
export interface Visitor {
  who: string;
  good: boolean;
  path: string;
  headers: Readonly<Record<string, string>>;
}

/** The page that the door belongs to. */
export const ownOrigin = 'https://chat.example';

const from = (origin: string, user: string) => ({ Host: 'chat.example', Origin: origin, Cookie: `session=${user}-is-logged-in` });
const entering = (ticket: string): string => `/chat?ticket=${ticket}`;

/** Returns the known tickets, and the visitors in the order they come. `word` makes up a text that nobody can guess. */
export function visitorsOfADoor(word: () => string): { tickets: Ticket[]; visitors: Visitor[] } {
  const [ada, bo, cy, stolen, old, guessed] = Array.from({ length: 6 }, word) as [string, string, string, string, string, string];
  const tickets = [ada, bo, cy, stolen].map((ticket) => ({ ticket, secondsLeft: 30 }));
  return {
    tickets: [...tickets, { ticket: old, secondsLeft: -60 }],
    visitors: [
      { who: "Ada, on the application's own page", good: true, path: entering(ada), headers: from(ownOrigin, 'ada') },
      {
        who: "a page of evil.example, open in Ada's browser, which sends her cookie along",
        good: false,
        path: '/chat',
        headers: from('https://evil.example', 'ada'),
      },
      { who: "Bo, on the application's own page", good: true, path: entering(bo), headers: from(ownOrigin, 'bo') },
      {
        who: 'a page whose origin begins like yours, with a ticket that it got out of a user',
        good: false,
        path: entering(stolen),
        headers: from('https://chat.example.evil.example', 'bo'),
      },
      {
        who: "a program, no browser, that read Ada's used ticket in a log and wrote your origin itself",
        good: false,
        path: entering(ada),
        headers: { Host: 'chat.example', Origin: ownOrigin },
      },
      {
        who: 'a program that wrote your origin itself and guessed a ticket',
        good: false,
        path: entering(guessed),
        headers: { Host: 'chat.example', Origin: ownOrigin },
      },
      {
        who: "a page of yours from a browser's history, with a ticket that has expired",
        good: false,
        path: entering(old),
        headers: from(ownOrigin, 'bo'),
      },
      { who: "Cy, on the application's own page", good: true, path: entering(cy), headers: from(ownOrigin, 'cy') },
    ],
  };
}

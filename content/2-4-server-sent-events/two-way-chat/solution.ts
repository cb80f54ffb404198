// Two people chat: each listens to a stream, and says its
// lines by POST. Who hears the other one answers.
const table = '/events/~table';
let open = 0;

const people = [
  join('Ada', [
    'Hello, Ben.',
    'How is the sea?',
    'Good night.',
  ]),
  join('Ben', ['Hello, Ada.', 'Calm today.', 'Sleep well.']),
];

function join(name: string, lines: string[]) {
  const source = new EventSource(table);
  const sayNext = () => say(name, lines.shift());
  let heard = 0;
  // A stream has what is said from then on: so both begin
  // when both are open.
  source.onopen = () => {
    if (++open === 2) for (const begin of people) begin();
  };
  source.onmessage = ({ data }) => {
    console.log(`${name} hears: ${data}`);
    if (!data.startsWith(name)) sayNext();
    if (++heard === 6) source.close();
  };
  return sayNext;
}

function say(name: string, line?: string) {
  if (line !== undefined)
    void fetch('/messages/~table', {
      method: 'POST',
      body: `${name}: ${line}`,
    });
}

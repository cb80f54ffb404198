// Two people chat: each listens to a stream, and says its
// lines by POST. Who hears the other one answers.
const table = '/events/~table';

join('Ada', [
  'Hello, Ben.',
  'How is the sea?',
  'Good night.',
]);
join('Ben', ['Hello, Ada.', 'Calm today.', 'Sleep well.']);

function join(name: string, lines: string[]) {
  const source = new EventSource(table);
  source.onopen = () => say(name, lines.shift());
  source.onmessage = ({ data }) => {
    console.log(`${name} hears: ${data}`);
    if (!data.startsWith(name)) say(name, lines.shift());
  };
  setTimeout(() => source.close(), 4000);
}

function say(name: string, line?: string) {
  if (line !== undefined)
    void fetch('/messages/~table', {
      method: 'POST',
      body: `${name}: ${line}`,
    });
}

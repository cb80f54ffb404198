// Verdict: 2 streams … 6 lines were said … nobody answered
// Says all its lines at once, and listens to nobody.
const table = '/events/~table';

join('Ada', ['Hello, Ben.', 'How is the sea?', 'Good night.']);
join('Ben', ['Hello, Ada.', 'Calm today.', 'Sleep well.']);

function join(name: string, lines: string[]) {
  const source = new EventSource(table);
  source.onopen = () => lines.splice(0).forEach((line) => say(name, line));
  source.onmessage = ({ data }) => {
    console.log(`${name} hears: ${data}`);
  };
  setTimeout(() => source.close(), 4000);
}

function say(name: string, line?: string) {
  if (line !== undefined) void fetch('/messages/~table', { method: 'POST', body: `${name}: ${line}` });
}

// Two people want to chat. So far each of them listens, and
// nobody can say a word.
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
  };
  setTimeout(() => source.close(), 4000);
}

function say(name: string, line = '') {
  console.log(`${name} would like to say: ${line}`);
}

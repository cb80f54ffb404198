// Verdict: 0 lines were said … 4 questions … An EventSource cannot send
// Tries to say something by asking for another stream.
join('Ada', 'Hello, Ben.');
join('Ben', 'Hello, Ada.');

function join(name: string, line: string) {
  const source = new EventSource('/events/~table');
  source.onopen = () => {
    const mouth = new EventSource(`/events/~table?say=${encodeURIComponent(`${name}: ${line}`)}`);
    setTimeout(() => mouth.close(), 1000);
  };
  source.onmessage = ({ data }) => console.log(`${name} hears: ${data}`);
  setTimeout(() => source.close(), 2000);
}

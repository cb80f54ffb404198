// One request, and an answer that does not end. What we say
// goes beside it, by POST.
const words = ['one', 'two', 'three', 'four', 'five', 'six'];
const source = new EventSource('/events/~choir?retry=300');

source.onopen = () => {
  console.log('the stream is open');
  sayNext();
};

source.onmessage = ({ data, lastEventId }) => {
  console.log(`event ${lastEventId}: ${data}`);
  if (words.length > 0) sayNext();
  else source.close();
};

function sayNext() {
  void fetch('/messages/~choir', {
    method: 'POST',
    body: words.shift() ?? '',
  });
}

// Three products. Every link here carries both directions
// at once; see what each product makes of it.

// Prices: one end speaks, the other listens.
const prices = new WebSocket(
  '/ticker?every=150&count=8&close=1',
);
prices.onmessage = ({ data }) => console.log('price', data);

// A quiz: each end waits for the other. An echo stands for
// the player.
const quiz = new WebSocket('/echo');
const questions = [
  '7 × 8',
  'capital of Peru',
  'oldest RFC',
  'boils at 100 °C',
];
quiz.onopen = ask;
quiz.onmessage = ask;

function ask() {
  const question = questions.shift();
  if (question === undefined) quiz.close(1000);
  else quiz.send(question);
}

// A board: two people move their pointers, and nobody waits
// for anybody.
const people = ['Ada', 'Bo'].map((name) => ({
  name,
  ws: new WebSocket('/broadcast/~board?self=0'),
}));
let open = 0;
for (const { ws } of people) {
  ws.onopen = () => ++open === 2 && people.forEach(move);
}

function move({ name, ws }: { name: string; ws: WebSocket }) {
  let x = 0;
  let heard = 0;
  const timer = setInterval(() => {
    ws.send(`${name} is at ${++x}`);
    if (x === 8) clearInterval(timer);
  }, 120);
  ws.onmessage = () => {
    if (++heard === 8) ws.close(1000);
  };
}

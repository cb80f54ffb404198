// Fifty real clients lose their server: it restarts, is
// away for a second, and then takes ten of them each tenth
// of a second. You say how long each waits before its first
// attempt, its second, and so on.
function withoutJitter(attempt: number) {
  return Math.min(400 * 2 ** attempt, 2500);
}

function withJitter(attempt: number) {
  return Math.random() * Math.min(800 * 2 ** attempt, 2500);
}

crowd('without jitter', withoutJitter);
crowd('with jitter', withJitter);

function crowd(
  name: string,
  delay: (attempt: number) => number,
) {
  const ws = new WebSocket('/crowd');
  const clients = Array.from({ length: 50 }, () =>
    Array.from({ length: 12 }, (_, attempt) =>
      Math.round(delay(attempt)),
    ),
  );

  ws.onopen = () => ws.send(JSON.stringify(clients));

  ws.onmessage = ({ data }) => {
    const { time, connected, attempts, gaveUp } = JSON.parse(
      data,
    ) as {
      time: number;
      connected: number;
      attempts?: number;
      gaveUp?: number;
    };
    if (attempts === undefined) return;
    console.log(
      `${name}: ${connected} are back after ${time} ms, with ${attempts} attempts; ${gaveUp} gave up`,
    );
    ws.close(1000, 'that was all');
  };
}

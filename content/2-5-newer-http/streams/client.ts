// What this browser lets fetch do with streams, over the HTTP
// that this page came with.
// 1. A response, read while it is still coming.
const response = await fetch('/events/ticker?every=300');
const reader = (
  response.body ?? new ReadableStream()
).getReader();
for (let n = 1; n <= 4; n++) {
  const { value } = await reader.read();
  console.log(`chunk ${n}: ${value?.length} bytes`);
}
await reader.cancel();

// 2. A request whose body is still being written.
await attempt('without a mode', {});
await attempt("with duplex: 'full'", { duplex: 'full' });
await attempt("with duplex: 'half'", { duplex: 'half' });

// 3. Something else altogether.
console.log(
  'WebTransport' in globalThis
    ? 'this browser has WebTransport'
    : 'this browser has no WebTransport here',
);

async function attempt(how: string, init: object) {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(
        new TextEncoder().encode('one, two, '),
      );
      setTimeout(() => controller.close(), 300);
    },
  });
  try {
    const answer = await fetch('/messages/~upload', {
      method: 'POST',
      body,
      ...init,
    });
    console.log(`a request ${how}: ${answer.status}`);
  } catch (error) {
    console.log(`a request ${how}: ${error}`);
  }
}

import { expect, test } from 'vitest';
import { asciiBytes } from '../../protocol/wire/handshake.ts';
import { runPrograms } from '../testing/run-for-tests.ts';

test('a connection that was on its way when the program stopped listening is closed, and not left waiting', async () => {
  const heard: string[] = [];
  const { errors, rest } = await runPrograms(
    {
      server: ({ network, clock }) => {
        const listener = network.listen(8080, () => heard.push('accepted'));
        clock.set(() => listener.close(), 50, false);
      },
      A: ({ network, clock }) => {
        const socket = network.connect(8080);
        socket.write(asciiBytes('GET / HTTP/1.1\r\n\r\n'));
        socket.onEnd = () => socket.end();
        socket.onClose = () => heard.push(`closed ${clock.present}`);
      },
    },
    { latency: 100 },
  );
  expect([errors, rest, heard]).toEqual([[], 'quiet', ['closed 200']]);
});

test('a program that opens thousands of sockets keeps them apart from those of the next', async () => {
  const { events } = await runPrograms({
    server: () => undefined,
    A: ({ network, clock }) => {
      const open = (): void => {
        for (let i = 0; i < 5000; i++) network.connect(7070).saw({ name: 'connection_started', url: `ws://a/${i}` });
      };
      clock.set(open, 5, false);
    },
    B: ({ network, clock }) => {
      const socket = network.connect(7070);
      clock.set(() => socket.saw({ name: 'connection_started', url: 'ws://b/' }), 10, false);
    },
  });
  expect(events.filter(({ connection }) => connection.startsWith('B'))).toMatchObject([{ connection: 'B1', url: 'ws://b/' }]);
  expect(events.length).toBe(5001);
});

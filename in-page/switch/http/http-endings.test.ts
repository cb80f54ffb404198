import { describe, expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { answer, connect, get } from './testing/two-ends.ts';

describe('an exchange is not answered whole', () => {
  test('where its link is cut, so long after it began: both ends find the connection gone', async () => {
    const { log, trace } = await connect(
      {
        client: (socket, _, clock) => {
          socket.write(get());
          clock.set(() => socket.write(get()), 1000, false);
        },
        server: (socket, _, clock) => void clock.set(() => socket.write(answer('late')), clock.present > 500 ? 100 : 0, false),
      },
      { latency: 20, cut: 100 },
    );
    // The first is over before its link is cut.
    expect(log).toEqual(['40 late', '1100 client closed', '1100 server closed']);
    expect(exchangesOf(trace).map(({ complete, reason, endedAt }) => [complete, reason, endedAt])).toEqual([
      [true, undefined, 40],
      [false, 'The link was cut.', 1100],
    ]);
    expect(trace.events.map(({ name }) => name).slice(-2)).toEqual(['link_cut', 'exchange_ended']);
  });

  test('where its link goes silent: nobody is told for a minute', async () => {
    const { log, trace } = await connect(
      { client: (socket) => socket.write(get()), server: (socket) => socket.write(answer('lost')) },
      { latency: 20, silent: 30 },
    );
    expect(log).toEqual(['60030 client closed', '60030 server closed']);
    expect(trace.events.slice(-3)).toMatchObject([
      { time: 30, name: 'response_dropped' },
      { time: 30, name: 'link_silenced' },
      { time: 60030, name: 'exchange_ended', reason: 'The link had gone silent, and neither end gave up within a minute.' },
    ]);
  });

  test('where the client goes away: the server finds the connection gone, and its answer goes nowhere', async () => {
    const { log, trace } = await connect(
      {
        client: (socket, _, clock) => {
          socket.write(get());
          clock.set(() => socket.destroy(), 50, false);
        },
        server: (socket, _, clock) => void clock.set(() => socket.write(answer('late')), 20, false),
      },
      { latency: 20 },
    );
    expect(log).toEqual(['50 client closed', '70 server ended', '70 server closed']);
    expect(trace.events.slice(-2)).toMatchObject([
      { time: 40, name: 'response_departed' },
      { time: 50, name: 'exchange_ended', reason: 'The client went away before it had the whole answer.' },
    ]);
  });

  test('where the server closes the connection within its answer', async () => {
    const { log, trace } = await connect(
      {
        client: (socket) => socket.write(get()),
        server: (socket) => {
          socket.write(answer('whole').slice(0, -2));
          socket.end();
        },
      },
      { latency: 20 },
    );
    expect(log).toEqual(['40 who', '40 client ended', '40 client closed', '60 server ended', '60 server closed']);
    expect(exchangesOf(trace)).toMatchObject([
      { complete: false, endedAt: 40, reason: 'The server closed the connection before its answer was whole.' },
    ]);
  });
});

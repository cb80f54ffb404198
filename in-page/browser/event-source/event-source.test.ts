import { describe, expect, test } from 'vitest';
import { exchangesOf } from '../../../protocol/trace/exchange-index.ts';
import { exchange, type Serve, told } from '../testing/over-http.ts';

const stream = { 'Content-Type': 'text/event-stream' };

/** Writes down what an EventSource dispatches, with the state in which each event finds it. */
function listen(source: EventSource, log: string[], ...types: string[]): EventSource {
  source.addEventListener('open', () => log.push(`open ${source.readyState}`));
  source.addEventListener('error', () => log.push(`error ${source.readyState}`));
  for (const type of ['message', ...types]) {
    source.addEventListener(type, ({ data, lastEventId }) => log.push(`${type} ${data} (${lastEventId})`));
  }
  return source;
}

test('dispatches events as they come, and both ends and the program are in the trace', async () => {
  const { log, trace } = await exchange(
    (_, res, { clock }) => {
      res.writeHead(200, stream);
      res.write('data: one\nid: 1\n\n');
      clock.set(() => res.write('event: named\ndata: two\n\n: a comment\n\n'), 50, false);
    },
    ({ EventSource, log, clock }) => {
      const source = listen(new EventSource('/events'), log, 'named');
      log.push(String(source.readyState), source.url);
      clock.set(() => source.close(), 200, false);
    },
    { latency: 10 },
  );
  expect(log).toEqual(['0', 'http://localhost:8080/events', 'open 1', 'message one (1)', 'named two (1)']);
  expect(told(trace)).toEqual([
    '0 client A1 exchange_started',
    '0 socket A1 exchange_started',
    '0 socket A1 request_sent',
    '0 link A1 request_departed',
    '10 server A1 request_received',
    '10 server A1 response_sent part 0',
    '10 link A1 response_departed part 0',
    '20 socket A1 response_received part 0',
    '20 client A1 response_received part 0',
    '20 client A1 event_received',
    '60 server A1 response_sent part 1',
    '60 link A1 response_departed part 1',
    '70 socket A1 response_received part 1',
    '70 client A1 event_received',
    '200 socket A1 exchange_ended',
    '200 client A1 exchange_ended',
  ]);
  const [{ client, reason } = {}] = exchangesOf(trace);
  expect(client).toMatchObject({ api: 'EventSource', outcome: 'aborted', events: [{ lastEventId: '1' }, { type: 'named' }] });
  expect(reason).toBe('The client went away before it had the whole answer.');
});

test('asks as a browser does, and after a loss with the last id', async () => {
  const heads: (string | undefined)[][] = [];
  await exchange(
    (req, res) => {
      const { accept, 'cache-control': cache, 'last-event-id': id } = req.headers as Record<string, string>;
      heads.push([accept, cache, id]);
      if (heads.length === 3) res.writeHead(204).end();
      else res.writeHead(200, stream).end(heads.length === 1 ? 'id: ü1\ndata\n\n' : 'data: no id\n\n');
    },
    ({ EventSource }) => void new EventSource('/events'),
  );
  const asUtf8 = String.fromCharCode(...new TextEncoder().encode('ü1'));
  expect(heads).toEqual([
    ['text/event-stream', 'no-cache', undefined],
    ['text/event-stream', 'no-cache', asUtf8],
    ['text/event-stream', 'no-cache', asUtf8],
  ]);
});

test('a lost stream is asked for again after three seconds, or what the stream says, until a 204', async () => {
  let asked = 0;
  const { log, trace } = await exchange(
    (_, res) => {
      asked++;
      if (asked === 3) res.writeHead(204).end();
      else res.writeHead(200, stream).end(asked === 2 ? 'retry: 100\ndata: again\n\n' : '');
    },
    ({ EventSource, log, clock }) => {
      const source = new EventSource('/events');
      source.onopen = () => log.push(`${clock.present} open`);
      source.onmessage = ({ data }) => log.push(`${clock.present} ${data}`);
      source.onerror = () => log.push(`${clock.present} error ${source.readyState}`);
    },
    { latency: 10 },
  );
  expect(log).toEqual(['20 open', '20 error 0', '3040 open', '3040 again', '3040 error 0', '3160 error 2']);
  expect(exchangesOf(trace).map(({ status, client }) => [status, client?.outcome])).toEqual([
    [200, 'reconnecting'],
    [200, 'reconnecting'],
    [204, 'failed'],
  ]);
});

describe('fails for good, without open, where the answer', () => {
  test.each<[string, Serve]>([
    ['is not 200', (_, res) => void res.writeHead(404, stream).end()],
    ['is 204', (_, res) => void res.writeHead(204).end()],
    ['is no event stream', (_, res) => void res.writeHead(200, { 'Content-Type': 'text/plain' }).end('data: x\n\n')],
    ['has no type', (_, res) => void res.end('data: x\n\n')],
  ])('%s', async (_, serve) => {
    const { log, trace } = await exchange(serve, ({ EventSource, log }) => void listen(new EventSource('/'), log));
    expect(log).toEqual(['error 2']);
    expect(trace.events.at(-1)).toMatchObject({ at: 'client', name: 'exchange_ended', complete: false, cause: 'failed' });
  });

  test('is of another origin that does not allow this one', async () => {
    const url = 'http://localhost:9090/';
    const open: Serve = (req, res) => {
      if (req.url === '/open') res.setHeader('Access-Control-Allow-Origin', '*');
      res.writeHead(200, stream).write('data: x\n\n');
    };
    const { log } = await exchange(open, ({ EventSource, log, clock }) => {
      listen(new EventSource(url), log);
      const allowed = listen(new EventSource(`${url}open`), log);
      clock.set(() => allowed.close(), 10, false);
    });
    expect(log).toEqual(['error 2', 'open 1', 'message x ()']);
  });
});

test('where nobody listens it asks again and again', async () => {
  const { log } = await exchange(
    (_, res) => void res.end(),
    ({ EventSource, log, clock }) => {
      const source = new EventSource('http://localhost:7070/');
      source.onerror = () => {
        log.push(`${clock.present} ${source.readyState}`);
        if (log.length === 3) source.close();
      };
    },
  );
  expect(log).toEqual(['0 0', '3000 0', '6000 0']);
});

test('the beginning is no mark of byte order, an unfinished event is not dispatched, and line ends are of three kinds', async () => {
  const { log } = await exchange(
    (_, res, { clock }) => {
      res.writeHead(200, stream);
      const bytes = new TextEncoder().encode('\uFEFFdata: ü\r\ndata:  b\r\rdata: lost');
      // One byte at a time: pieces end within characters and line ends.
      for (const [i] of bytes.entries()) clock.set(() => res.write(bytes.slice(i, i + 1)), i, false);
      clock.set(() => res.socket.destroy(), bytes.length, false);
    },
    ({ EventSource, log }) => {
      const source = new EventSource('/');
      source.onmessage = ({ data, origin }) => log.push(data, origin);
      source.onerror = () => source.close();
    },
  );
  expect(log).toEqual(['ü\n b', 'http://localhost:8080']);
});

test('nothing comes after close, not even what is on its way, and the server hears of it', async () => {
  const { log } = await exchange(
    (req, res, { clock, log }) => {
      res.writeHead(200, stream);
      const timer = clock.set(() => res.write('data: tick\n\n'), 10, true);
      req.on('close', () => {
        clock.clear(timer);
        log.push(`${clock.present} the server heard`);
      });
    },
    ({ EventSource, log }) => {
      const source = new EventSource('/');
      source.onmessage = ({ data }) => {
        log.push(data);
        source.close();
        log.push(String(source.readyState));
      };
      source.onerror = () => log.push('error');
    },
    { latency: 25 },
  );
  expect(log).toEqual(['tick', '2', '85 the server heard']);
});

test('has the shape that browsers give it, and refuses what is no address', async () => {
  await exchange(
    (_, res) => void res.writeHead(204).end(),
    ({ EventSource }) => {
      const source = new EventSource(new URL('http://localhost:8080/x'), { withCredentials: true });
      expect([EventSource.CONNECTING, EventSource.OPEN, source.CLOSED, EventSource.length]).toEqual([0, 1, 2, 1]);
      expect([String(source), source.withCredentials, source.onmessage]).toEqual(['[object EventSource]', true, null]);
      const Any = EventSource as unknown as new (...given: unknown[]) => unknown;
      expect(() => new Any()).toThrow('1 argument required');
      expect(() => new Any('http://')).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
      expect(() => (EventSource as unknown as () => void)()).toThrow(TypeError);
    },
  );
});

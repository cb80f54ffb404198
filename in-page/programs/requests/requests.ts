/** Questions and answers over a connection that has only messages. */
import type { TutorialProgram } from '../running/program.ts';

export const requests: TutorialProgram[] = [
  {
    name: 'request and response with ids and timeouts',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const handlers = {
  sum: ({ numbers }) => numbers.reduce((a, b) => a + b, 0),
  slow: async ({ ms }) => {
    await wait(ms);
    return 'slept ' + ms;
  },
  fail: () => {
    throw new RangeError('out of range');
  },
};

wss.on('connection', (ws) => {
  ws.on('message', async (raw) => {
    const { id, method, params } = JSON.parse(raw);
    try {
      if (!handlers[method]) throw new Error('no method ' + method);
      ws.send(JSON.stringify({ id, result: await handlers[method](params) }));
    } catch (error) {
      ws.send(JSON.stringify({ id, error: error.message }));
    }
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'browser',
        code: `
class Rpc {
  #nextId = 1;
  #pending = new Map();
  constructor(url) {
    this.ws = new WebSocket(url);
    this.ready = new Promise((resolve, reject) => {
      this.ws.onopen = resolve;
      this.ws.onerror = () => reject(new Error('cannot connect'));
    });
    this.ws.onmessage = ({ data }) => this.#settle(JSON.parse(data));
    this.ws.onclose = () => {
      for (const { reject } of this.#pending.values()) reject(new Error('closed'));
    };
  }
  #settle({ id, result, error }) {
    const call = this.#pending.get(id);
    if (!call) return console.log('too late:', id, result);
    clearTimeout(call.timer);
    this.#pending.delete(id);
    if (error) call.reject(new Error(error));
    else call.resolve(result);
  }
  call(method, params, timeout = 150) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(new Error(method + ' timed out'));
      }, timeout);
      this.#pending.set(id, { resolve, reject, timer });
      this.ws.send(JSON.stringify({ id, method, params }));
    });
  }
}

(async () => {
  const rpc = new Rpc('ws://localhost:8080/rpc');
  await rpc.ready;
  console.log(await rpc.call('sum', { numbers: [1, 2, 3.5] }));
  const both = [rpc.call('slow', { ms: 60 }), rpc.call('slow', { ms: 10 })];
  both.forEach((call) => call.then((result) => console.log(result)));
  await Promise.all(both);
  for (const method of ['fail', 'missing']) await rpc.call(method, {}).catch((e) => console.log(e.message));
  await rpc.call('slow', { ms: 120 }, 20).catch((e) => console.log(e.message));
  await new Promise((resolve) => setTimeout(resolve, 250));
  const last = rpc.call('slow', { ms: 100 });
  rpc.ws.close();
  await last.catch((e) => console.log(e.message));
})();
`,
      },
    ],
  },
  {
    name: 'JSON-RPC with notifications, errors and batches',
    server: `
const WebSocket = require('ws');
const util = require('util');
const wss = new WebSocket.Server({ port: 8080 });
const methods = { subtract: ([a, b]) => a - b, update: (params) => void console.log('update', util.inspect(params)) };

function handle(request) {
  if (!request || request.jsonrpc !== '2.0' || typeof request.method !== 'string') {
    return { jsonrpc: '2.0', error: { code: -32600, message: 'Invalid Request' }, id: null };
  }
  const { method, params, id } = request;
  const known = Object.hasOwn(methods, method);
  const result = known ? methods[method](params) : undefined;
  if (id === undefined) return undefined;
  if (!known) return { jsonrpc: '2.0', error: { code: -32601, message: 'Method not found' }, id };
  return { jsonrpc: '2.0', result, id };
}

wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    let request;
    try {
      request = JSON.parse(data);
    } catch {
      return ws.send(JSON.stringify({ jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null }));
    }
    const answers = Array.isArray(request) ? request.map(handle).filter(Boolean) : handle(request);
    if (answers && answers.length !== 0) ws.send(JSON.stringify(answers));
  });
});
`,
    clients: [
      {
        name: 'client',
        on: 'node',
        code: `
const { WebSocket } = require('ws');
const ws = new WebSocket('ws://localhost:8080');
const lines = [
  '{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}',
  '{"jsonrpc":"2.0","method":"update","params":[1,2,{"deep":{"er":{"est":{"!":1}}}}]}',
  '{"jsonrpc":"2.0","method":"nothing","id":"x"}',
  '{"jsonrpc":"2.0","method":"foobar,"params":"bar"]',
  '[{"jsonrpc":"2.0","method":"subtract","params":[1,2],"id":2},{"jsonrpc":"2.0","method":"update","params":[]},7]',
];
ws.on('open', () => lines.forEach((line) => ws.send(line)));
let answers = 0;
ws.on('message', (data) => {
  console.log(JSON.parse(data));
  if (++answers === 4) ws.close();
});
`,
      },
    ],
  },
  {
    name: 'publish and subscribe by topic',
    server: `
import { EventEmitter } from 'node:events';
import { WebSocketServer } from 'ws';
const bus = new EventEmitter();
bus.setMaxListeners(0);
const wss = new WebSocketServer({ port: 8080 });

wss.on('connection', (ws) => {
  const subscriptions = new Map();
  const commands = {
    subscribe(topic) {
      if (subscriptions.has(topic)) return;
      const listener = (data) => ws.send(JSON.stringify({ topic, data }));
      subscriptions.set(topic, listener);
      bus.on(topic, listener);
      ws.send(JSON.stringify({ subscribed: topic, listeners: bus.listenerCount(topic) }));
    },
    unsubscribe(topic) {
      bus.off(topic, subscriptions.get(topic));
      subscriptions.delete(topic);
    },
    publish(topic, data) {
      console.log('published', topic, bus.emit(topic, data));
    },
  };
  ws.on('message', (raw) => {
    const [command, ...args] = JSON.parse(raw);
    commands[command](...args);
  });
  ws.on('close', () => {
    for (const topic of [...subscriptions.keys()]) commands.unsubscribe(topic);
    console.log(bus.eventNames());
  });
});
`,
    clients: [
      {
        name: 'subscriber',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => {
  for (const topic of ['news', 'sport', 'news']) ws.send(JSON.stringify(['subscribe', topic]));
};
ws.onmessage = ({ data }) => {
  console.log(data);
  const { topic } = JSON.parse(data);
  if (topic === 'sport') ws.send(JSON.stringify(['unsubscribe', 'sport']));
  if (topic === 'sport') console.log('no more sport');
  if (topic === 'news') ws.close();
};
`,
      },
      {
        name: 'publisher',
        on: 'browser',
        after: { program: 'subscriber', prints: '{"subscribed":"sport","listeners":1}' },
        code: `
const ws = new WebSocket('ws://localhost:8080');
const publish = (...args) => ws.send(JSON.stringify(['publish', ...args]));
ws.onopen = async () => {
  publish('weather', 'rain');
  publish('sport', { home: 2, away: 1 });
  await new Promise((resolve) => setTimeout(resolve, 120));
  publish('sport', 'nobody hears this');
  publish('news', null);
  setTimeout(() => ws.close(), 100);
};
`,
      },
    ],
  },
];

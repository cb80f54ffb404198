/** Listeners in every form, and names and constants. */
import { connect, dial, openRaw, serve, serveNobody } from '../running/programs.ts';
import type { WsCase } from '../running/world.ts';

export const listeners: WsCase[] = [
  {
    name: 'constants on the class, the prototype and an instance',
    server: (world) => {
      const { WebSocket } = world;
      for (const part of [WebSocket, WebSocket.prototype]) {
        world.log(part.CONNECTING, part.OPEN, part.CLOSING, part.CLOSED);
      }
      world.log(WebSocket.WebSocket === WebSocket, WebSocket.Server === WebSocket.WebSocketServer, WebSocket.name);
      world.log(WebSocket.WebSocketServer.name, typeof WebSocket.createWebSocketStream);
      serveNobody(world, {});
    },
  },
  {
    name: 'constants of an instance',
    server: (world) =>
      serve(world, {}, (ws) => {
        world.log(ws.OPEN, ws.readyState === ws.OPEN, ws.readyState === world.WebSocket.OPEN, ws instanceof world.WebSocket);
        ws.close();
      }),
    client: (world) => dial(world, () => undefined),
  },
  {
    name: 'onopen, onmessage, onclose',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.onmessage = (event) => ws.send(`you said ${String(event.data)}`);
      }),
    client: (world) =>
      dial(world, (ws) => {
        world.log(ws.onopen, ws.onmessage, ws.onclose, ws.onerror);
        ws.onopen = (event) => {
          world.log('onopen', event.type, event.target === ws);
          ws.send('hi');
        };
        ws.onmessage = (event) => {
          world.log('onmessage', event.type, event.target === ws, typeof event.data, event.data);
          ws.close(4000, 'why');
        };
        ws.onclose = (event) => world.log('onclose', event.type, event.code, event.reason, event.wasClean);
        world.log(typeof ws.onopen);
      }),
  },
  {
    name: 'onmessage gives bytes for binary messages',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send(Uint8Array.of(1, 2));
        ws.close();
      }),
    client: (world) =>
      dial(world, (ws) => {
        ws.onmessage = ({ data }) => world.log(data);
      }),
  },
  {
    name: 'onerror and onclose after a failure',
    server: (world) => serveNobody(world, { path: '/only' }),
    client: (world) =>
      new Promise((resolve) => {
        const ws = connect(world);
        ws.onerror = (event) => world.log(event.type, event.message, event.error);
        ws.onclose = (event) => {
          world.log(event.code, event.reason, event.wasClean);
          resolve();
        };
      }),
  },
  {
    name: 'a handler that replaces another, and null that removes it',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('one');
        ws.close();
      }),
    client: (world) =>
      dial(world, (ws) => {
        ws.onmessage = () => world.log('first');
        ws.onmessage = () => world.log('second');
        ws.onclose = () => world.log('never');
        ws.onclose = null;
        world.log(ws.listenerCount('message'), ws.onclose);
      }),
  },
  {
    name: 'addEventListener: once, twice the same, removed, as an object',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('one');
        ws.send('two');
        ws.close();
      }),
    client: (world) =>
      dial(world, (ws) => {
        const twice = (): void => world.log('added twice');
        const removed = (): void => world.log('removed');
        ws.addEventListener('message', () => world.log('once'), { once: true });
        ws.addEventListener('message', twice);
        ws.addEventListener('message', twice);
        ws.addEventListener('message', removed);
        ws.removeEventListener('message', removed);
        ws.addEventListener('message', { handleEvent: (event) => world.log('object', event.data) });
        ws.addEventListener('nonsense' as 'message', () => world.log('never'));
        ws.addEventListener('close', (event) => world.log(event.code, event.wasClean));
        world.log(ws.listenerCount('message'), ws.listenerCount('nonsense'));
      }),
  },
  {
    name: 'messages iterated over with events.on, until one says stop',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('one');
        ws.send('two');
        ws.send('stop');
      }),
    client: async (world) => {
      const ws = connect(world);
      for await (const [data] of world.events.on(ws, 'message')) {
        world.log('iterated', data);
        if (String(data) === 'stop') break;
      }
      world.log(ws.listenerCount('message'), ws.listenerCount('error'));
      ws.close();
      world.log(await world.events.once(ws, 'close'));
    },
  },
  {
    name: 'events.on throws the error of the WebSocket',
    server: (world) => serveNobody(world, { path: '/only' }),
    client: async (world) => {
      try {
        for await (const [data] of world.events.on(connect(world), 'message')) world.log(data);
      } catch (error) {
        world.log(error);
      }
    },
  },
  {
    name: 'wasClean without a Close frame',
    server: (world) => serve(world, {}, (ws) => ws.terminate()),
    client: (world) =>
      dial(world, (ws) => {
        ws.onclose = (event) => world.log(event.code, event.wasClean);
      }),
  },
  {
    name: 'wasClean where the other end goes without an answer to the close',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.onclose = (event) => world.log(event.code, event.wasClean);
        ws.close(1000);
      }),
    client: async (world) => {
      const socket = await openRaw(world);
      socket.end();
      await socket.closed;
    },
  },
  {
    name: 'allowSynchronousEvents false: the same events in the same order',
    server: (world) =>
      serve(world, {}, (ws) => {
        ws.send('one');
        ws.ping('two');
        ws.send(Uint8Array.of(3));
        ws.close(1000);
      }),
    client: (world) => dial(world, () => undefined, { allowSynchronousEvents: false }),
  },
];

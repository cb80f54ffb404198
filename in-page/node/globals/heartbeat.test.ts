/** A server as tutorials write it, out of `express`, `ws` and a heartbeat with an unreferenced interval. */
import { expect, test } from 'vitest';
import type { ExpressModule } from '../express/create-express.ts';
import type { WsModule } from '../modules/create-node-modules.ts';
import { worldOf } from '../testing/node-programs.ts';
import { runPrograms } from '../../testing/run-for-tests.ts';
import type { TimerGlobals } from '../timers/timers-module.ts';

test('an express server with ws beside it pings by an unreferenced interval, and ends a client that does not answer', async () => {
  const log: string[] = [];
  const { errors } = await runPrograms(
    {
      server: (surroundings) => {
        const { require, globals } = worldOf(surroundings, { files: { 'public/index.html': 'hi' } });
        const { setInterval, clearInterval } = globals as unknown as TimerGlobals;
        const express = require('express') as ExpressModule;
        const { WebSocketServer } = require('ws') as WsModule;
        const app = express();
        app.use(express.static('public'));
        const server = app.listen(3000, () => log.push('listening'));
        const wss = new WebSocketServer({ server });
        type Alive = InstanceType<WsModule> & { isAlive?: boolean };
        const heartbeat = setInterval(() => {
          wss.clients?.forEach((ws: Alive) => {
            if (ws.isAlive === false) return ws.terminate();
            ws.isAlive = false;
            ws.ping();
          });
        }, 30_000).unref();
        wss.on('connection', (ws: Alive) => {
          ws.isAlive = true;
          ws.on('pong', () => {
            log.push(`${surroundings.clock.present} pong`);
            ws.isAlive = true;
          });
          ws.on('close', (code) => {
            log.push(`${surroundings.clock.present} closed ${String(code)}`);
            clearInterval(heartbeat);
          });
        });
      },
      A: (surroundings) => {
        const { require } = worldOf(surroundings);
        const ws = new (require('ws') as WsModule)('ws://localhost:3000/', { autoPong: false });
        let pings = 0;
        ws.on('ping', () => {
          if (++pings === 1) ws.pong();
        });
      },
    },
    {},
    { until: 120_000, mostSteps: 1000 },
  );
  expect(errors).toEqual([]);
  expect(log).toEqual(['listening', '30000 pong', '90000 closed 1006']);
});

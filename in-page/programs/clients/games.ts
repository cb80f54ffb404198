/** State that a server keeps for all of its clients. */
import type { TutorialProgram } from '../running/program.ts';

export const games: TutorialProgram[] = [
  {
    name: 'a shared counter',
    server: `
import { WebSocketServer } from 'ws';
const wss = new WebSocketServer({ port: 8080 });
let value = 0;

const broadcast = (event) => {
  for (const ws of wss.clients) ws.send(JSON.stringify(event));
};
const users = () => ({ type: 'users', count: wss.clients.size });

wss.on('connection', (ws) => {
  broadcast(users());
  ws.send(JSON.stringify({ type: 'value', value }));
  ws.on('message', (message) => {
    const { action } = JSON.parse(message);
    if (action === 'plus') value += 1;
    else if (action === 'minus') value -= 1;
    else return console.error('unsupported event:', action);
    broadcast({ type: 'value', value });
  });
  ws.on('close', () => broadcast(users()));
});
`,
    clients: [
      {
        name: 'one',
        on: 'browser',
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onmessage = ({ data }) => {
  const event = JSON.parse(data);
  switch (event.type) {
    case 'value':
      console.log('value', event.value);
      break;
    case 'users':
      console.log(event.count + ' user' + (event.count === 1 ? '' : 's'));
      break;
    default:
      console.error('unsupported event', event);
  }
  if (event.value === 2) ws.send(JSON.stringify({ action: 'times' }));
  if (event.value === 2) ws.send(JSON.stringify({ action: 'minus' }));
  if (event.value === 1 && last === 2) ws.close();
  last = event.value ?? last;
};
let last = 0;
`,
      },
      {
        name: 'two',
        on: 'browser',
        after: { program: 'one', prints: 'value 0' },
        code: `
const ws = new WebSocket('ws://localhost:8080');
ws.onopen = () => {
  ws.send(JSON.stringify({ action: 'plus' }));
  ws.send(JSON.stringify({ action: 'plus' }));
};
ws.onmessage = ({ data }) => {
  console.log(JSON.parse(data));
  if (data.includes('"count":1')) ws.close();
};
`,
      },
    ],
  },
  {
    name: 'a game for two, turn by turn',
    server: `
const WebSocket = require('ws');
const wss = new WebSocket.Server({ port: 8080 });
const LINES = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]];
let waiting = null;

function start(x, o) {
  const game = { board: Array(9).fill(' '), turn: 'X', players: { X: x, O: o } };
  for (const [mark, ws] of Object.entries(game.players)) {
    ws.send(JSON.stringify({ type: 'start', mark }));
    ws.on('message', (raw) => play(game, mark, JSON.parse(raw).cell, ws));
    ws.on('close', () => console.log(mark, 'left'));
  }
  x.send(JSON.stringify({ type: 'turn', board: game.board.join('') }));
}

function play(game, mark, cell, ws) {
  if (game.turn !== mark) return ws.send(JSON.stringify({ type: 'error', message: 'not your turn' }));
  if (game.board[cell] !== ' ') return ws.send(JSON.stringify({ type: 'error', message: 'taken' }));
  game.board[cell] = mark;
  game.turn = mark === 'X' ? 'O' : 'X';
  const won = LINES.some((line) => line.every((i) => game.board[i] === mark));
  const board = game.board.join('');
  if (won) for (const player of Object.values(game.players)) player.send(JSON.stringify({ type: 'over', won: mark, board }));
  else game.players[game.turn].send(JSON.stringify({ type: 'turn', board }));
}

wss.on('connection', (ws) => {
  if (!waiting) {
    waiting = ws;
    return ws.send(JSON.stringify({ type: 'wait' }));
  }
  start(waiting, ws);
  waiting = null;
});
`,
    clients: ['x', 'o'].map((name) => ({
      name,
      on: 'browser',
      ...(name === 'o' ? { after: { program: 'x', prints: 'wait' } } : {}),
      code: `
const cells = ${name === 'x' ? '[0, 1, 2]' : '[0, 4, 8]'};
const ws = new WebSocket('ws://localhost:8080');
ws.onmessage = ({ data }) => {
  const { type, mark, board, message, won } = JSON.parse(data);
  console.log(type, ...[mark, board, message, won].filter((part) => part !== undefined));
  if (type === 'turn' || type === 'error') ws.send(JSON.stringify({ cell: cells.shift() ?? 3 }));
  if (type === 'over') ws.close();
};
`,
    })),
  },
];

import { serverAddress } from './server-address.ts';

/** Returns a client that talks to the server of this text: by WebSocket, or by HTTP if the server knows nothing else. */
export function clientForServer(server: string): string {
  const { port, path, hasWebSocket } = serverAddress(server);
  return hasWebSocket
    ? webSocketClient(`ws://localhost:${port}${path === '/' ? '' : path}`)
    : httpClient(`http://localhost:${port}/`);
}

const webSocketClient = (address: string): string => `// Connects to the server in server.ts.
const ws = new WebSocket('${address}');

ws.onopen = () => ws.send('Hello');

ws.onmessage = (event) => console.log('heard', event.data);

ws.onclose = (event) => console.log('closed', event.code, event.reason);
`;

const httpClient = (address: string): string => `// Asks the server in server.ts.
const response = await fetch('${address}');

console.log(response.status, await response.text());
`;

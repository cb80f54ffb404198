import type { Recognised } from './recognise.ts';

export interface RecognisedWords {
  /** What it is. */
  is: string;
  /** What the reader can do with it here. */
  instead: string;
}

const inAnother = (language: string): RecognisedWords => ({
  is: `This is ${language}.`,
  instead: 'Programs here are JavaScript or TypeScript. Write its WebSocket part in one of them; the frames will be the same.',
});

/** What to tell the reader who pasted something other than a client. */
export const recognisedWords: Record<Exclude<Recognised, 'client'>, RecognisedWords> = {
  server: {
    is: 'This is a server for Node.',
    instead: 'Move it to server.ts. It runs there, in this page, and clients connect to it.',
  },
  'bun-server': {
    is: 'This is a server for Bun.',
    instead: "Servers here are Node's. In place of Bun.serve, use new WebSocketServer({ port: 8080 }) from ws in server.ts.",
  },
  'deno-server': {
    is: 'This is a server for Deno.',
    instead: "Servers here are Node's. In place of Deno's server, use new WebSocketServer({ port: 8080 }) from ws in server.ts.",
  },
  'socket.io': {
    is: 'This uses Socket.IO, which has a protocol of its own on top of WebSocket.',
    instead: 'Socket.IO is not here. Use new WebSocket(address) in a client, and WebSocketServer from ws in server.ts.',
  },
  html: {
    is: 'This is an HTML page.',
    instead:
      'A program here has no page. Paste what is between <script> and </script>, and replace what it does to the page by console.log.',
  },
  jsx: {
    is: 'This is a component written in JSX.',
    instead: 'A program here has no page to draw on. Paste the lines that use the WebSocket, and show what comes by console.log.',
  },
  'typescript-namespace': {
    is: 'This has a TypeScript namespace, which is code and not only a type.',
    instead:
      'Types are stripped here, and the namespace would go with them. Make its contents top-level functions and constants.',
  },
  shell: {
    is: 'These are commands for a terminal.',
    instead: 'Nothing has to be installed here. Paste the program that they start.',
  },
  python: inAnother('Python'),
  go: inAnother('Go'),
  rust: inAnother('Rust'),
  java: inAnother('Java'),
  csharp: inAnother('C#'),
  php: inAnother('PHP'),
  ruby: inAnother('Ruby'),
  c: inAnother('C or C++'),
};

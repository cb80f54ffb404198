/** Names that a program written elsewhere may use and that no program has here, and what the reader is told about each. */

const inPage = (name: string, instead: string): string =>
  `Programs here run in a worker, without a page of their own: there is no ${name}. ${instead}`;
const ofNode = (name: string, instead: string): string =>
  `${name} belongs to Node, and a client here has what a browser has. ${instead}`;
const ofRuntime = (name: string): string =>
  `${name} is a runtime of its own, and a client here has what a browser has. Connect with new WebSocket(address).`;
const ofLibrary = (name: string, library: string, instead: string): string =>
  `${name} belongs to the library ${library}, and there are no libraries here. ${instead}`;

const print = 'Print with console.log.';
const keep = 'Nothing is stored from one run to the next: keep values in a variable, such as a Map.';
const write = 'Write the answer into the program, such as const name = "Ann".';
const noSound = 'Nothing plays here: print with console.log instead.';
const noFiles = 'There are no files: write the content into the program.';
const server = 'A program for Node goes into server.ts.';

const alone: Record<string, string> = {
  require: ofNode('require', `Delete the line that uses it: WebSocket and fetch are there without it. ${server}`),
  module: ofNode('module', `Nothing loads this program as a module: delete the line with module.exports. ${server}`),
  exports: ofNode('exports', `Nothing loads this program as a module: delete the line with exports. ${server}`),
  process: ofNode('process', 'Write the value itself, such as "ws://localhost:8080", in place of process.env.'),
  Buffer: ofNode('Buffer', 'Use Uint8Array, and TextEncoder and TextDecoder between bytes and text.'),
  __dirname: ofNode('__dirname', noFiles),
  __filename: ofNode('__filename', noFiles),
  global: ofNode('global', 'Write globalThis.'),
  setImmediate: ofNode('setImmediate', 'Write setTimeout(callback, 0).'),
  Deno: ofRuntime('Deno'),
  Bun: ofRuntime('Bun'),
  io: ofLibrary('io', 'Socket.IO', 'It has a protocol of its own on top of WebSocket. Connect with new WebSocket(address).'),
  axios: ofLibrary('axios', 'axios', 'Ask with fetch.'),
  React: ofLibrary('React', 'React', 'Keep the lines that use the WebSocket, and print what comes with console.log.'),
  ReactDOM: ofLibrary('ReactDOM', 'React', 'Keep the lines that use the WebSocket, and print what comes with console.log.'),
};

/** What to do without a part of a page, by the names of such parts. */
const parts: readonly (readonly [names: string, instead: string])[] = [
  ['document alert $ jQuery Notification history screen innerWidth innerHeight matchMedia getComputedStyle', print],
  ['HTMLElement Element Node DOMParser MutationObserver customElements Image Option', print],
  ['prompt confirm', write],
  ['localStorage sessionStorage', keep],
  ['Audio AudioContext webkitAudioContext speechSynthesis SpeechSynthesisUtterance', noSound],
];

const words = new Map<string, string>([
  ...Object.entries(alone),
  ...parts.flatMap(([names, instead]) => names.split(' ').map((name) => [name, inPage(name, instead)] as const)),
]);

/** All such names. A browser may have one of them in its Workers all the same. */
export const absentNames: readonly string[] = [...words.keys()];

/** Returns what to say of a name that is not there; undefined for any other. */
export const absentWords = (name: string): string | undefined => words.get(name);

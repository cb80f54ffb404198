import { builtinModules } from 'node:module';
import { describe, expect, test } from 'vitest';
import { asOneText, programsForYourMachine, type ProgramsToCopy } from './copy-as-programs.ts';
import { packagesOf } from './copying/packages.ts';
import { codeTokensOf } from './tokens/tokens.ts';

const server = `const { WebSocketServer } = require('ws');
new WebSocketServer({ port: 8080 });
`;
const client = "const socket = new WebSocket('ws://localhost:8080');\nsocket.onopen = () => socket.send('hi');\n";

/** Returns the files by their names, in order. */
const copied = (programs: Partial<ProgramsToCopy>): Record<string, string> => {
  const files = programsForYourMachine({ versions: { ws: '^8.23.0' }, base: 'http://localhost:8080', ...programs });
  return Object.fromEntries(files.map(({ name, text }) => [name, text]));
};
const packageOf = (programs: Partial<ProgramsToCopy>): Record<string, unknown> =>
  JSON.parse(copied(programs)['package.json'] ?? '{}') as Record<string, unknown>;

describe('server and client come with one command that starts both', () => {
  test('the server stays as it is, and the README comes first', () => {
    const files = copied({ server, client });
    expect(Object.keys(files)).toEqual(['README.md', 'package.json', 'server.js', 'client.mjs', 'start.mjs']);
    expect(files['server.js']).toBe(server);
    expect(files['README.md']).toContain('npm install && npm start');
  });

  test.each([
    [server, 'commonjs'],
    ["import { WebSocketServer } from 'ws';", 'module'],
  ])('%j makes the package %s', (code, type) => {
    expect(packageOf({ server: code, client })).toMatchObject({
      type,
      scripts: { start: 'node start.mjs' },
      dependencies: { ws: '^8.23.0' },
    });
  });

  test('one of them alone is started alone', () => {
    expect(packageOf({ server })['scripts']).toEqual({ start: 'node server.js' });
    expect(packageOf({ client })['scripts']).toEqual({ start: 'node client.mjs' });
    expect(packageOf({ client: "new EventSource('/a')" })['scripts']).toEqual({
      start: 'node --experimental-eventsource client.mjs',
    });
    expect(copied({ server, client: "new EventSource('/a')" })['start.mjs']).toContain(
      "start('--experimental-eventsource', 'client.mjs')",
    );
    expect(programsForYourMachine({ versions: {}, base: 'http://localhost' })).toEqual([]);
  });

  test("the reader's other files come along", () => {
    expect(copied({ server, files: { 'data.json': '{}' } })['data.json']).toBe('{}');
  });
});

describe('dependencies are what the programs that run on Node import', () => {
  test('without the modules of Node, files and addresses, and once each', () => {
    const code = `import ws from 'ws'; import 'ws/wrapper.mjs'; import fs from 'node:fs'; import 'http'; import './a.js'; import '#b';
import 'https://esm.sh/c'; import('@d/e/f.js'); require('g/h'); a.require('i'); // require('j')
"require('k')"; export * from "fs/promises"; Array.from('l');`;
    expect(packagesOf(codeTokensOf(code))).toEqual(['@d/e', 'g', 'ws']);
  });

  test('a package whose version nobody gave is taken as it is latest', () => {
    expect(packageOf({ server: "require('express'); require('ws')" })['dependencies']).toEqual({
      express: 'latest',
      ws: '^8.23.0',
    });
  });

  test('every module of Node is known as one', () => {
    const missing = builtinModules.filter((name) => !name.startsWith('_') && !name.startsWith('node:'));
    expect(missing.flatMap((name) => packagesOf(codeTokensOf(`require('${name}')`)))).toEqual([]);
  });
});

describe('a client that needs nothing of a page runs on Node', () => {
  test('it says so in its first line', () => {
    expect(copied({ client })['client.mjs']).toBe(
      `// Runs on Node, because it needs nothing of a page: Node 22 and later have WebSocket and fetch.\n\n${client}`,
    );
  });

  test('paths that it passes become whole addresses, also in templates, and no others do', () => {
    const code =
      "new WebSocket('/a'); fetch(`/b/${c}`); new EventSource(\"/d\"); new WebSocket('//e'); f('/g'); h.fetch('/i'); // fetch('/j')";
    expect(copied({ client: code })['client.mjs']?.split('\n')).toEqual([
      expect.stringContaining('Node'),
      '// Its relative addresses are completed by http://localhost:8080, as a page from there would do.',
      '',
      'new WebSocket(\'ws://localhost:8080/a\'); fetch(`http://localhost:8080/b/${c}`); new EventSource("http://localhost:8080/d"); ' +
        "new WebSocket('//e'); f('/g'); h.fetch('/i'); // fetch('/j')",
    ]);
  });

  test('the location of a page is one of the server', () => {
    const text = copied({ client: 'new WebSocket(`ws://${location.host}/ws`)' })['client.mjs'];
    expect(text).toContain('globalThis.location = new URL("http://localhost:8080/");');
  });

  test('one that imports modules does too, since a page opened from a file cannot load them', () => {
    expect(copied({ client: "import WebSocket from 'ws'; import './a.js'; document" })['client.mjs']).toContain(
      'it imports modules',
    );
    expect(packageOf({ client: "import WebSocket from 'ws'" })['dependencies']).toEqual({ ws: '^8.23.0' });
  });
});

describe('any other client becomes a page', () => {
  test.each([
    ["document.title = 'a'", 'it uses document'],
    ["const address = '/echo'; new WebSocket(address)", 'its address is relative'],
    ['if (event instanceof CloseEvent) f()', 'it uses CloseEvent'],
  ])('%s: %s', (code, because) => {
    expect(copied({ server, client: code })['client.html']).toContain(`because ${because}`);
  });

  test.each([
    ["const document = { title: 'a' }; document.title"],
    ['a.window; a?.self; ({ alert: 1, prompt: 2 })'],
    ["// document\n'window'; /self/;"],
    ["const address = 'ws://localhost/echo'; new WebSocket(address)"],
  ])('but not %s', (code) => {
    expect(copied({ client: code })).toHaveProperty(['client.mjs']);
  });

  test('the README says to open it, and no command is there where nothing runs on Node', () => {
    expect(Object.keys(copied({ client: 'window.a' }))).toEqual(['README.md', 'client.html']);
    expect(copied({ client: 'window.a' })['README.md']).not.toContain('npm');
    expect(copied({ server, client: 'window.a' })['README.md']).toMatch(/npm start[^]*client\.html/);
  });

  test('relative addresses are those of the server', () => {
    expect(copied({ client: 'window.a' })['client.html']).toContain('<base href="http://localhost:8080/">');
  });

  test('nothing in the program ends the script before its end, or hides that', () => {
    const code =
      'window.a = "</script>" + `<!-- <script>${1 <!--b}` + String(/<\\/SCRIPT/) // </script> <!--\nlet c = a <script;';
    const text = copied({ client: code })['client.html'] ?? '';
    const program = text.slice(text.indexOf('module">') + 9, text.lastIndexOf('</script>')).trim();
    expect(program).not.toMatch(/<\/?script|<!--/i);
    expect(program).toBe(
      'window.a = "\\x3C/script>" + `\\x3C!-- \\x3Cscript>${1 < !--b}` + String(/<\\/SCRIPT/) // < /script> < !--\nlet c = a < script;',
    );
  });

  test('it says where the browser will refuse it without the help of its server', () => {
    expect(copied({ client: 'document.title = location.host' })['client.html']).toContain(
      'only if http://localhost:8080 serves this file',
    );
    expect(copied({ client: 'f(window.location.host)' })['client.html']).toContain('It reads location');
    expect(copied({ client: "document; fetch('/a')" })['client.html']).toContain('Access-Control-Allow-Origin');
  });
});

test('as one text every file stands below its name', () => {
  expect(
    asOneText([
      { name: 'a.js', text: 'a\n' },
      { name: 'b.js', text: 'b' },
    ]),
  ).toBe('----- a.js -----\n\na\n\n----- b.js -----\n\nb\n');
});

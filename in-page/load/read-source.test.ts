import { describe, expect, test } from 'vitest';
import { readSource } from './read-source.ts';

const kindOf = (code: string): string => readSource(code).kind;

describe('a program is a module where Node says so of a file without a type', () => {
  test.each([
    ["import { WebSocketServer } from 'ws';"],
    ['export const port = 8080;'],
    ['console.log(import.meta.url);'],
    ['await ready();'],
    ['if (a) { for (const b of c) { await b; } }'],
    ['for await (const message of messages) show(message);'],
    ['const socket = await open(), f = async () => await g();'],
    ['const f = async () => await g()\nawait f()'],
    ['const f = () => { }\nawait f()'],
    ['show(`${await name()}`);'],
    ['show(`${a}${await name()}`);'],
    ['try { await a() } catch (error) { } '],
    ['const require = createRequire(here);'],
    ['let module = 1;'],
    ['const { a: { b: require } } = c;'],
    ['let [module = 1] = a;'],
    ['const a = { b: [1, 2] }, exports = {};'],
    ['class module { }'],
    // These do not parse.
    ["import { WebSocketServer } from 'ws';\nnew WebSocketServer({ port: 8080 );"],
    ['export default {\n'],
    ['await (;]'],
  ])('%s', (code) => expect(kindOf(code)).toBe('module'));
});

describe('all other programs are CommonJS', () => {
  test.each([
    [''],
    ["const WebSocket = require('ws');"],
    ["import('ws').then(({ WebSocketServer }) => new WebSocketServer({ port: 8080 }));"],
    ["// import x from 'y'\nconst text = \"export const a = 1\", other = `\nimport 'z'`;"],
    ['async function f() { await g(); }'],
    ['const f = async () => { await g(); };'],
    ['const f = async () => await g();'],
    ['const f = async (a) =>\n  await g(a);'],
    ['const f = async () => a ||\n  await g();'],
    ['run(async () => await g(), 5);'],
    ['const o = { async f(a = (1)) { await g(); }, async *[key]() { await g(); }, async "h"() { await g(); } };'],
    ['class A extends B { async f() { if (a) { await g(); } } }'],
    ['(async function () { show(`${await g()}`); })();'],
    ['const f = async () => `${await g()}${await h()}`;'],
    ['lock.await(); lock?.await(); const o = { await: 1 };'],
    ['/await x/.test(a); "await x"; // await x'],
    ['var require = other; function f() { const module = 1; }'],
    ['const { require: a, b = module } = c;'],
    ['const a = [exports, module], b = require;'],
    ['let a = 1\nmodule.exports = a, exports = a'],
    ["const http = require('http');\nhttp.createServer({ ;"],
  ])('%s', (code) => expect(kindOf(code)).toBe('commonjs'));

  test('the caller may know better', () => {
    expect(readSource('new WebSocket(address)', 'module').kind).toBe('module');
    expect(readSource("import 'a'", 'script').kind).toBe('script');
    expect(readSource("import 'a", 'module').kind).toBe('module');
  });
});

test('an import says its specifier, where that stands with its quotes, and whether the run makes it', () => {
  const code = "#!/usr/bin/env node\nimport 'a';\nexport * from \"b\"; import('c'); import(`d`); import(e); import('f' + g)";
  const { imports } = readSource(code);
  expect(imports.map(({ specifier, start, end, isDynamic }) => [specifier, code.slice(start, end), isDynamic])).toEqual([
    ['a', "'a'", false],
    ['b', '"b"', false],
    ['c', "'c'", true],
    ['d', '`d`', true],
    [undefined, 'e', true],
    [undefined, "'f' + g", true],
  ]);
});

test('what looks like an import in a comment, a string or a member is none', () => {
  expect(readSource("// import 'a'\n'import(b)'; c.import('d'); /import 'e'/; `\nimport 'f'`;").imports).toEqual([]);
});

test.each([
  ["import 'x'", []],
  ["import a from 'x'", ['default']],
  ["import from from 'x'", ['default']],
  ["import defer from 'x'", ['default']],
  ["import * as a from 'x'", ['*']],
  ["import defer * as a from 'x'", ['*']],
  ["import a, * as b from 'x'", ['default', '*']],
  ["import a, { b, c as d, default as e, } from 'x'", ['default', 'b', 'c', 'default']],
  ["import { 'f-g' as a } from 'x'", ['f-g']],
  ["import { // one,\n  a /* , two */,\n  b } from 'x'", ['a', 'b']],
  ["export * from 'x'", ['*']],
  ["export * as a from 'x'", ['*']],
  ["export { a, b as default } from 'x'", ['a', 'b']],
  ["import('x')", []],
])('%s asks for %j', (code, names) => {
  expect(readSource(code).imports[0]?.names).toEqual(names);
});

test('a program that does not parse has no imports, and spoils none of the next', () => {
  expect(readSource("import 'a'; foo(] }").imports).toEqual([]);
  expect(readSource('('.repeat(100_000)).imports).toEqual([]);
  expect(readSource("import 'a'").imports).toHaveLength(1);
});

test('an import is found behind a byte order mark and any other space or line terminator that the language has', () => {
  const code = "\ufeffimport 'a';\u2028import\u3000'b'; // import 'no'\u2029import 'c'; '\u2028import(1)'; `\u2028import 'no'`";
  expect(readSource(code).imports.map(({ specifier, start, end }) => [specifier, code.slice(start, end)])).toEqual([
    ['a', "'a'"],
    ['b', "'b'"],
    ['c', "'c'"],
  ]);
});

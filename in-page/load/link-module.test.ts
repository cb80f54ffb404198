import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkModule } from './link-module.ts';
import { readSource } from './read-source.ts';

const names = { dynamicImport: '$load', importMeta: '$meta' };
const link = (code: string): string => linkModule(code, readSource(code, 'module'), (specifier) => `blob:${specifier}`, names);

test.each([
  ["import a from 'x'; a();", 'import a from "blob:x"; a();'],
  ["import {\n  a,\n} from 'x';\na();", 'import {\n  a,\n} from "blob:x";\na();'],
  ["import'x'", 'import"blob:x"'],
  ['export * from "x";', 'export * from "blob:x";'],
  ["const a = await import('x');", 'const a = await import("blob:x");'],
  ['import(/* a */ `x` /* b */)', 'import(/* a */ "blob:x" /* b */)'],
  ["import a from './x.json' with { type: 'json' };", `import a from "blob:./x.json"${' '.repeat(22)};`],
  ["import('x', {\n  with: a\n});", `import("blob:x"${' '.repeat(3)}\n${' '.repeat(9)}\n${' '.repeat(1)});`],
  ["import('x',)", 'import("blob:x" )'],
  ['import(x)', '$load (x)'],
  ["import /* why\n */ ('x' + y)", "$load  /* why\n */ ('x' + y)"],
  ['import(`./${x}.js`)', '$load (`./${x}.js`)'],
  ["import(import('x'), y)", '$load (import("blob:x"), y)'],
  ["import('x', await import('y'))", `import("blob:x"${' '.repeat(19)})`],
  ['import.defer\n(x)', '$load       \n(x)'],
  ["import.defer('x')", 'import.defer("blob:x")'],
  ['new URL(a, import.meta.url)', 'new URL(a, $meta      .url)'],
  ['import\n.meta.url', '$meta \n     .url'],
  ["import '\\u0078'", 'import "blob:x"'],
  ["a.import('x'); // import 'y'", "a.import('x'); // import 'y'"],
])('%j becomes %j', (code, linked) => {
  expect(link(code)).toBe(linked);
});

test('an address is written so that no character of it ends the string', () => {
  expect(linkModule("import 'x'", readSource("import 'x'"), () => 'a"b\\c\nd', names)).toBe('import "a\\"b\\\\c\\nd"');
});

test('what CommonJS code imports is linked, and what it requires is left to the run', () => {
  const code = "const a = require('a'); import('b').then(a);";
  expect(linkModule(code, readSource(code), (specifier) => `blob:${specifier}`, names)).toBe(
    'const a = require(\'a\'); import("blob:b").then(a);',
  );
});

test('without a name for it, import.meta stays', () => {
  expect(linkModule('import.meta', readSource('import.meta'), String, { dynamicImport: '$load' })).toBe('import.meta');
});

test('the address is asked for with the specifier and how it is imported', () => {
  const asked: unknown[] = [];
  const code = "import 'a'; import('b')";
  linkModule(code, readSource(code), (...one) => (asked.push(one), ''), names);
  expect(asked).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

describe('whatever surrounds the imports of a program', () => {
  const imports = fc.constantFrom(
    ["import a from 'x';", 'import a from "<x>";'],
    ["export {\n  b\n} from 'y'\n", 'export {\n  b\n} from "<y>"\n'],
    ["\nimport('z');", '\nimport("<z>");'],
    ['\nimport(z);', '\n$load (z);'],
    ["import c from 'j' with {\ntype: 'json' };", 'import c from "<j>"       \n              ;'],
    [';import.meta.url;', ';$meta      .url;'],
  );
  const others = fc.constantFrom(
    "const text = 'import 1';",
    '// import "no"\n',
    '/* import(no)\r\n */',
    'const t = `import ${"a"}\nimport \'no\'`;',
    'if (a) {\n  b.import(c);\n}\n',
    '\u2028',
    '\n\n',
    'r = /import "x"/;',
    'f("😀", { import: 1 });\t',
  );
  const program = fc.array(
    fc.oneof(
      imports,
      others.map((text) => [text, text]),
    ),
    { maxLength: 15 },
  );

  test('it is the same after linking, and only the imports differ', () => {
    fc.assert(
      fc.property(program, (pieces) => {
        const code = pieces.map(([before]) => before).join('');
        const linked = linkModule(code, readSource(code, 'module'), (specifier) => `<${specifier}>`, names);
        expect(linked).toBe(pieces.map(([, after]) => after).join(''));
      }),
      { numRuns: 500 },
    );
  });

  test('every line stays, with its columns up to the first import on it', () => {
    fc.assert(
      fc.property(program, fc.string(), (pieces, address) => {
        const code = pieces.map(([before]) => before).join('');
        const source = readSource(code, 'module');
        const before = code.split(/\r\n|[\n\r\u2028\u2029]/);
        const after = linkModule(code, source, () => address, names).split(/\r\n|[\n\r\u2028\u2029]/);
        // JSON leaves U+2028 and U+2029 in the address, where a string may have them, but then they would end a line.
        fc.pre(!/[\u2028\u2029]/.test(address));
        expect(after).toHaveLength(before.length);
        for (const [i, line] of before.entries()) {
          const first = line.search(/['"]|import|type:/);
          expect(after[i]?.slice(0, first < 0 ? undefined : first).trimEnd()).toBe(
            line.slice(0, first < 0 ? undefined : first).trimEnd(),
          );
        }
      }),
      { numRuns: 500 },
    );
  });
});

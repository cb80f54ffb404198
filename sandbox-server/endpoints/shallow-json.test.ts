import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseShallow } from './shallow-json.ts';

it('reads JSON as JSON.parse does, whatever its strings contain', () => {
  const shallow = fc.jsonValue({ maxDepth: 8, stringUnit: fc.constantFrom('[', '{', ']', '}', '"', '\\', 'a', '😀') });
  fc.assert(
    fc.property(shallow, (value) => {
      const text = JSON.stringify(value);
      expect(parseShallow(text)).toEqual(JSON.parse(text));
    }),
  );
});

it('throws for the same texts as JSON.parse does', () => {
  for (const text of ['', 'hello', '{"a":}', ']', '"[', '[1', '\u0000'])
    expect(() => parseShallow(text), text).toThrow(SyntaxError);
});

it('takes lists and objects 16 deep, and no deeper', () => {
  const nested = (depth: number): string => `${'[{"a":'.repeat(depth / 2)}0${'}]'.repeat(depth / 2)}`;
  expect(parseShallow(nested(16))).toBeDefined();
  expect(() => parseShallow(nested(18))).toThrow('deeper than 16');
  expect(() => parseShallow(`${'['.repeat(100_000)}`)).toThrow('deeper than 16');
});

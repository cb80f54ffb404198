/**
 * Returns the source of an ES module that exports an object as Node exports a CommonJS module: whole as `default`, and each of
 * `names` as it is when the module is first imported. `expression` finds the object, with what the module's global scope has.
 * Leaves out `default`, which a name cannot replace, and names that no program can import (ECMA-262 §16.2.3.1: lone surrogates).
 */
export function moduleShim(expression: string, names: Iterable<string>): string {
  const exported = [...new Set(names)].filter((name) => name !== 'default' && name.isWellFormed());
  const lines = exported.map((name, i) => `const name${i} = whole[${JSON.stringify(name)}];`);
  // Names stand as strings, since they may be reserved words or no identifiers.
  const list = exported.map((name, i) => `name${i} as ${JSON.stringify(name)}`);
  return [`const whole = (${expression});`, ...lines, `export { ${['whole as default', ...list].join(', ')} };`, ''].join('\n');
}

import type { Import, Source } from './read-source.ts';

/** What stands in a linked program for syntax that would reach past the run. Names of up to six characters keep all columns. */
export interface LinkNames {
  /** A function that imports what a program computes: `import(name)` becomes `load(name)`. */
  dynamicImport: string;
  /** An object for `import.meta`, whose `url` would otherwise be the address of a blob. Without it, it stays. */
  importMeta?: string;
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Returns the program with addresses in place of the specifiers. Every line stays, and so does every column but those behind an
 * import on its line. Import attributes go: a module at an address of ours is always JavaScript. CommonJS code can be linked too,
 * before it is wrapped. Throws what `addressOf` throws.
 */
export function linkModule(
  code: string,
  source: Pick<Source, 'imports' | 'metas'>,
  addressOf: (specifier: string, isDynamic: boolean) => string,
  names: LinkNames,
): string {
  const edits = source.imports.flatMap((one) =>
    one.specifier === undefined
      ? [callInstead(code, one, names)]
      : addressInstead(code, one, addressOf(one.specifier, one.isDynamic)),
  );
  const { importMeta } = names;
  if (importMeta !== undefined) {
    for (const { start, end } of source.metas) edits.push({ start, end, text: inPlaceOf(code.slice(start, end), importMeta) });
  }
  edits.sort((a, b) => a.start - b.start);
  let linked = '';
  let at = 0;
  for (const { start, end, text } of edits) {
    // An import within the attributes of another is gone with them.
    if (start < at) continue;
    linked += code.slice(at, start) + text;
    at = end;
  }
  return linked + code.slice(at);
}

function addressInstead(code: string, { start, end, statementEnd, isDynamic, hasAttributes }: Import, address: string): Edit[] {
  const edits = [{ start, end, text: JSON.stringify(address) }];
  if (hasAttributes) {
    const behind = isDynamic ? statementEnd - 1 : statementEnd;
    edits.push({ start: end, end: behind, text: blank(code.slice(end, behind)) });
  }
  return edits;
}

function callInstead(code: string, { statementStart, start, opens = start }: Import, { dynamicImport }: LinkNames): Edit {
  const word = 'import'.length;
  const phase = code.slice(statementStart + word, opens);
  // `import.defer(…)` and `import.source(…)` name a phase, which a function has not.
  const end = phase.trimStart().startsWith('.') ? opens : statementStart + word;
  return { start: statementStart, end, text: inPlaceOf(code.slice(statementStart, end), dynamicImport) };
}

/** Returns `text` where `before` was: with its lines, and as long where it is shorter. */
function inPlaceOf(before: string, text: string): string {
  return text + blank(before.slice(Math.min(text.length, before.search(/[\n\r\u2028\u2029]|$/))));
}

const blank = (text: string): string => text.replace(/[^\n\r\u2028\u2029]/g, ' ');

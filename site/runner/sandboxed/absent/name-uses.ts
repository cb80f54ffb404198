/** How a program's text uses names that may not be there. */
import { codeTokensOf, literalText, type Token } from '../../../../in-page/load/tokens/tokens.ts';

/** How a name is used: as a variable, as a member of the global object, or with a check whether it exists. */
export interface NameUse {
  isBare: boolean;
  isMember: boolean;
  /** True after `typeof`, in a string (`'x' in window`), and where the text alone does not tell what is meant. */
  isChecked: boolean;
}

const globals = /^(?:window|self|globalThis)$/;
const dot = /^\??\.$/;

/** Returns the uses of those of `names` that stand in the text as code. */
export function nameUses(code: string, names: readonly string[]): Map<string, NameUse> {
  const uses = new Map<string, NameUse>();
  const wanted = new Set(names);
  const tokens = codeTokensOf(code);
  tokens.forEach((token, i) => {
    const name = literalText(token) ?? token.text;
    const use = wanted.has(name) ? useAt(tokens, i) : undefined;
    if (!use) return;
    const before = uses.get(name) ?? { isBare: false, isMember: false, isChecked: false };
    uses.set(name, { ...before, [use]: true });
  });
  return uses;
}

function useAt(tokens: readonly Token[], i: number): keyof NameUse | undefined {
  const textAt = (at: number): string => tokens[at]?.text ?? '';
  if (tokens[i]?.kind !== 'word') return 'isChecked';
  const isProperty = dot.test(textAt(i - 1));
  if (isProperty && (!globals.test(textAt(i - 2)) || dot.test(textAt(i - 3)))) return undefined;
  const start = isProperty ? i - 2 : i;
  const before = textAt(start - 1);
  if (before === 'typeof' || (before === '(' && textAt(start - 2) === 'typeof')) return 'isChecked';
  if (isProperty) return 'isMember';
  const after = textAt(i + 1);
  if (/^[{,]$/.test(before)) {
    if (after === ':') return undefined;
    // Either taken out of an object, which may be the global one, or an item of a list.
    if (/^[},=]$/.test(after)) return 'isChecked';
  }
  return 'isBare';
}

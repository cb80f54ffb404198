/** Reads `Sec-WebSocket-Extensions` (RFC 6455 §9.1). */

/** One extension that is offered, with its parameters in their order; a parameter without a value is `true`. */
export interface Extension {
  name: string;
  parameters: readonly (readonly [name: string, value: string | true])[];
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const space = '[ \\t]*';
/** A text in quotes has to be a token once its backslashes are taken off. */
const quoted = '"((?:[!#$%&\'*+.^_`|~0-9A-Za-z-]|\\\\[!#$%&\'*+.^_`|~0-9A-Za-z-])+)"';
const name = new RegExp(`${space}(${token})`, 'y');
const parameter = new RegExp(`${space};${space}(${token})(?:${space}=${space}(?:(${token})|${quoted}))?`, 'y');
/** A list may have empty elements, which count for nothing (RFC 9110 §5.6.1.2). */
const separator = new RegExp(`(?:${space},)*`, 'y');

/** The extensions of a field's value, in the client's order of preference; undefined where the value breaks the grammar. */
export function parseExtensions(value: string): readonly Extension[] | undefined {
  const extensions: Extension[] = [];
  const text = value.trimEnd();
  let at = 0;
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  read(separator);
  while (at < text.length) {
    const [, extension] = read(name) ?? [];
    if (extension === undefined) return undefined;
    const parameters: [string, string | true][] = [];
    for (let found = read(parameter); found; found = read(parameter)) {
      const [, of = '', plain, inQuotes] = found;
      parameters.push([of, plain ?? inQuotes?.replaceAll('\\', '') ?? true]);
    }
    extensions.push({ name: extension, parameters });
    const before = at;
    read(separator);
    if (at === before && at < text.length) return undefined;
  }
  return extensions.length > 0 ? extensions : undefined;
}

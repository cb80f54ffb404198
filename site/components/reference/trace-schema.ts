/**
 * Reads the schema of a trace from the text of `protocol/trace/trace.ts`: the interfaces there are its only statement, and the
 * comments say what each field means. Prettier keeps that text regular enough to read it line by line.
 */

/** A field of an event. */
export interface Field {
  name: string;
  type: string;
  optional: boolean;
  doc: string;
}

/** An interface of the schema. */
export interface Shape {
  name: string;
  doc: string;
  extends: string[];
  fields: Field[];
}

/** One or more events with the same fields. */
export interface EventShape {
  /** Such as `frame_departed`, `frame_received`. */
  names: string[];
  /** Where it may be seen. */
  at: string[];
  doc: string;
  /** Its own fields and those that it shares with its kind, except time, place, connection and name, which every event has. */
  fields: Field[];
}

/** Returns the interfaces by name, in the order of the text. */
export function shapesIn(source: string): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  let doc: string[] = [];
  let shape: Shape | undefined;
  for (const line of source.split('\n').map((text) => text.trim())) {
    const comment = /^(?:\/\*\*|\*)\s?(.*?)\s*(?:\*\/)?$/.exec(line);
    const head = /^(?:export )?interface (\w+)(?: extends ([\w, ]+))? \{$/.exec(line);
    const field = /^(\w+)(\?)?: (.+);$/.exec(line);
    if (line.startsWith('/**')) doc = [];
    if (comment && (line.startsWith('/**') || line.startsWith('*'))) doc.push((comment[1] ?? '').replace(/^\/$/, ''));
    else if (head) {
      shape = { name: head[1] ?? '', doc: joined(doc), extends: head[2]?.split(', ') ?? [], fields: [] };
      shapes.set(shape.name, shape);
      doc = [];
    } else if (shape && field) {
      shape.fields.push({ name: field[1] ?? '', optional: field[2] === '?', type: field[3] ?? '', doc: joined(doc) });
      doc = [];
    } else {
      if (line === '}') shape = undefined;
      doc = [];
    }
  }
  return shapes;
}

const joined = (lines: readonly string[]): string => lines.join(' ').replace(/\s+/g, ' ').trim();

/** Returns the members of a union such as `TraceEvent`. */
export function unionIn(source: string, name: string): string[] {
  const [, body = ''] = new RegExp(`export type ${name} =\\n?([^;]*);`).exec(source) ?? [];
  return [...body.matchAll(/\w+/g)].map(([member]) => member);
}

const common = ['time', 'at', 'connection', 'name'];

/** Returns every kind of event that a trace can hold, in the order of the text. */
export function eventsIn(source: string): EventShape[] {
  const shapes = shapesIn(source);
  const members = unionIn(source, 'TraceEvent').flatMap((name) => (shapes.has(name) ? [name] : unionIn(source, name)));
  return members.map((member) => {
    const shape = shapes.get(member);
    if (!shape) throw new Error(`Cannot read the schema: there is no interface ${member}`);
    const fields = fieldsOf(shape, shapes);
    const find = (name: string): string => fields.findLast((field) => field.name === name)?.type ?? '';
    return {
      names: wordsOf(find('name')),
      at: wordsOf(find('at') === 'VantagePoint' ? vantagePointsIn(source) : find('at')),
      doc: shape.doc,
      fields: fields.filter(({ name }) => !common.includes(name)),
    };
  });
}

/** Returns the fields of what the shape extends, then its own, which replace inherited ones of the same name. */
function fieldsOf(shape: Shape, shapes: ReadonlyMap<string, Shape>): Field[] {
  const inherited = shape.extends.flatMap((name) => {
    const parent = shapes.get(name);
    return parent ? fieldsOf(parent, shapes) : [];
  });
  return [...inherited.filter(({ name }) => !shape.fields.some((own) => own.name === name)), ...shape.fields];
}

const wordsOf = (type: string): string[] => [...type.matchAll(/'([^']+)'/g)].map(([, word]) => word ?? '');

const vantagePointsIn = (source: string): string => /export type VantagePoint = ([^;]+);/.exec(source)?.[1] ?? '';

/** Returns the fields that every event has. */
export const commonFields = (source: string): Field[] => shapesIn(source).get('EventBase')?.fields ?? [];

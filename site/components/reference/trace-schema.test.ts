import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Trace } from '../../../protocol/trace/trace.ts';
import { root } from '../../../scripts/root.ts';
import { commonFields, eventsIn, shapesIn, unionIn } from './trace-schema.ts';

const source = readFileSync(join(root, 'protocol', 'trace', 'trace.ts'), 'utf8');
const events = eventsIn(source);
const schema = new Map(events.flatMap((shape) => shape.names.map((name) => [name, shape] as const)));

test('the table lists every event name of the schema once, with its meaning and where it is seen', () => {
  const names = [...source.matchAll(/^ {2}name: (.+);$/gm)].flatMap(([, type = '']) =>
    [...type.matchAll(/'(\w+)'/g)].map(([, name]) => name ?? ''),
  );
  expect(names.length).toBeGreaterThan(25);
  expect(events.flatMap((shape) => shape.names)).toEqual(expect.arrayContaining(names));
  expect(schema.size).toBe(names.length);
  for (const { names: of, doc, at } of events) {
    expect([of, doc.length > 20, at.length > 0]).toEqual([of, true, true]);
  }
});

test('every field of the schema is described, by its own comment or by that of its event', () => {
  for (const { name: shape, doc, fields } of shapesIn(source).values()) {
    for (const { name, doc: own } of fields) {
      if (['at', 'name'].includes(name) && shape !== 'EventBase') continue;
      expect([shape, name, own !== '' || doc.includes(`\`${name}\``)]).toEqual([shape, name, true]);
    }
  }
});

test('recorded traces hold only events, fields and places that the schema names', () => {
  const recorded = globSync('content/*/*/trace.json', { cwd: root });
  expect(recorded.length).toBeGreaterThan(10);
  const common = commonFields(source).map(({ name }) => name);
  for (const file of recorded) {
    const trace = JSON.parse(readFileSync(join(root, file), 'utf8')) as Trace;
    for (const event of trace.events) {
      const shape = schema.get(event.name);
      expect([file, event.name, shape?.at.includes(event.at)]).toEqual([file, event.name, true]);
      const known = [...common, 'name', ...(shape?.fields.map(({ name }) => name) ?? [])];
      expect(Object.keys(event).filter((field) => !known.includes(field))).toEqual([]);
    }
  }
});

test('reads the parts of a trace with their comments, and follows unions of unions', () => {
  expect(
    shapesIn(source)
      .get('Trace')
      ?.fields.map(({ name }) => name),
  ).toEqual(['version', 'network', 'clock', 'connections', 'events', 'stoppedAt']);
  expect(unionIn(source, 'TraceEvent')).toContain('ExchangeEvent');
  expect(schema.get('frame_sent')?.fields.map(({ name }) => name)).toContain('opcode');
  expect(schema.get('handshake_sent')?.at).toEqual(['client', 'socket', 'link', 'server']);
});

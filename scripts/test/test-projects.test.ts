import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { importGraph, importsOf } from '../../lint/import-graph.ts';
import config from '../../vitest.config.ts';
import { root } from '../root.ts';

const projects = (config.test?.projects ?? []) as TestProjectInlineConfiguration[];

/** Returns the projects that include a file. */
function projectsOf(file: string): (string | undefined)[] {
  const matches = (patterns: readonly string[] = []): boolean => patterns.some((pattern) => matchesGlob(file, pattern));
  return projects
    .filter(({ test: of }) => matches(of?.include) && !matches(of?.exclude))
    .map(({ test: of }) => (typeof of?.name === 'string' ? of.name : of?.name?.label));
}

const files = [...importGraph(root).keys()].filter((file) => /\.test\.tsx?$/.test(file));

test.each([
  ['protocol/wire/frame.test.ts', 'pure'],
  ['site/timeline/Timeline.test.tsx', 'pure'],
  ['scripts/test/test-projects.test.ts', 'pure'],
  ['protocol/export/pcapng.tshark.test.ts', 'server'],
  ['site/playground/session/session.server.test.ts', 'server'],
  ['protocol/trace/growth.long.test.ts', 'server'],
  ['sandbox-server/tap/tap.test.ts', 'server'],
  ['sandbox-server/abuse/floods.thorough.test.ts', 'thorough-server'],
  ['e2e/pages.test.ts', 'browser'],
  ['e2e/pages.thorough.test.ts', 'thorough-browser'],
  ['e2e/engines/font.test.ts', 'engines'],
])('%s is in project %s', (file, project) => {
  expect(projectsOf(file)).toEqual([project]);
});

test('each test file is in exactly one project', () => {
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => projectsOf(file).length !== 1)).toEqual([]);
});

describe('a pure test', () => {
  const beyond =
    /^(node:)?(net|http|https|http2|tls|dgram|child_process|cluster)$|^(playwright|ws)$|tshark-for-tests|sandbox-server\/testing/;

  test('neither listens, nor spawns, nor drives a browser', () => {
    const impure = files
      .filter((file) => projectsOf(file).includes('pure'))
      .flatMap((file) =>
        importsOf(file, readFileSync(join(root, file), 'utf8')).map(({ from, isType }) => ({ file, from, isType })),
      )
      .filter(({ from, isType }) => !isType && beyond.test(from))
      .map(({ file, from }) => `${file} imports ${from}: name it ….server.test.ts or ….tshark.test.ts`);
    expect(impure).toEqual([]);
  });
});

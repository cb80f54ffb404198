import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { effectsBeforeCauses } from '../../protocol/trace/effects-before-causes.ts';
import { readTrace } from '../../protocol/trace/trace.ts';
import { root } from '../root.ts';

const traces = globSync(['content/**/trace.json', 'site/timeline/situations/*/trace.json'], { cwd: root });

test.each(traces)('%s has no effect before its cause', (file) => {
  expect(effectsBeforeCauses(readTrace(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

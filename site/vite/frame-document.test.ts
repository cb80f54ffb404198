import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { frameDocument } from './frame-document.ts';

const policyOf = (page: string): string => /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
const scriptOf = (page: string): string => /<script>([^]*)<\/script>/.exec(page)?.[1] ?? '';

test('the policy stands before the script, and lets that script and blobs run, and nothing else', () => {
  const page = frameDocument('a = 1;');
  expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<script>'));
  const hash = createHash('sha256').update('a = 1;').digest('base64');
  expect(policyOf(page).split('; ')).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:`,
    'worker-src blob:',
    'connect-src http: https: ws: wss:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('the script cannot end its own element, and the hash is that of the script as written', () => {
  const page = frameDocument('a = "</script><!-- <script>"');
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).not.toContain('<!--');
  expect(policyOf(page)).toContain(`'sha256-${createHash('sha256').update(scriptOf(page)).digest('base64')}'`);
});

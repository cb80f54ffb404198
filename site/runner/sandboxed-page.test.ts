import { expect, test } from 'vitest';
import { sandboxedPage } from './sandboxed-page.ts';

test('the frame may connect to the sandbox server alone, by its exact host and port', () => {
  const page = sandboxedPage('http://192.168.1.7:4321', '');
  expect(page).toContain("default-src 'none'");
  expect(page).toContain('connect-src http://192.168.1.7:4321 ws://192.168.1.7:4321"');
  expect(sandboxedPage('https://play.example/', '')).toContain('connect-src https://play.example wss://play.example"');
});

test('the script cannot end its own element', () => {
  const page = sandboxedPage('http://localhost:4321', 'a = "</script><!-- <script>"');
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).not.toContain('<!--');
});

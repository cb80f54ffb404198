import { expect, test } from 'vitest';
import { piecesOf } from './inline-text.ts';

test('code in backticks and sections become pieces of their own, and nothing else changes', () => {
  expect(piecesOf('The `open` event (RFC 6455 §7.1.5), and HTML §9.2.3.')).toMatchObject([
    { text: 'The ' },
    { code: 'open' },
    { text: ' event (' },
    { label: 'RFC 6455 §7.1.5', href: 'https://www.rfc-editor.org/rfc/rfc6455.html#section-7.1.5' },
    { text: '), and ' },
    { label: 'HTML §9.2.3', href: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model' },
    { text: '.' },
  ]);
  expect(piecesOf('RFC 6455 §9.')).toMatchObject([
    { href: 'https://www.rfc-editor.org/rfc/rfc6455.html#section-9' },
    { text: '.' },
  ]);
  expect(piecesOf('plain')).toEqual([{ text: 'plain' }]);
});

test('a section with an unknown anchor is an error, not a link to nowhere', () => {
  expect(() => piecesOf('HTML §1.2.3')).toThrow(RangeError);
});

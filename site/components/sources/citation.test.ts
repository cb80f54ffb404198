import { expect, it } from 'vitest';
import { citation } from './citation.ts';

it('cites a section of an RFC by its anchor in the RFC editor’s text', () => {
  expect(citation({ rfc: '6455', section: '5.1' })).toEqual({
    source: 'RFC 6455',
    label: 'RFC 6455 §5.1',
    href: 'https://www.rfc-editor.org/rfc/rfc6455.html#section-5.1',
  });
});

it('cites a whole RFC when no section is given, and an appendix by its letter', () => {
  expect(citation({ rfc: 9293 })).toMatchObject({ label: 'RFC 9293', href: 'https://www.rfc-editor.org/rfc/rfc9293.html' });
  expect(citation({ rfc: 7692, section: 'A' }).href).toBe('https://www.rfc-editor.org/rfc/rfc7692.html#appendix-A');
});

it('cites a living standard by its own anchor', () => {
  expect(citation({ standard: 'websockets', anchor: 'dom-websocket-send', section: '3.1' })).toMatchObject({
    label: 'WHATWG WebSockets §3.1',
    href: 'https://websockets.spec.whatwg.org/#dom-websocket-send',
  });
});

it('cites HTML by the page that holds the section, which is a small part of the standard', () => {
  expect(citation({ standard: 'html', anchor: 'the-last-event-id-header' })).toEqual({
    source: 'HTML',
    label: 'HTML',
    href: 'https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header',
  });
});

it('cites another text by its name', () => {
  expect(citation({ work: 'itu-radio-regulations', section: '1.125' }).label).toBe('ITU Radio Regulations No. 1.125');
  expect(() => citation({ work: 'x' as never })).toThrow('Cannot cite "x": a work is one of itu-radio-regulations, ');
});

it('says what an RFC or a standard may be when a lesson gets it wrong', () => {
  expect(() => citation({ rfc: 'RFC6455' })).toThrow('Cannot cite RFC "RFC6455": an RFC is named by its number, such as 6455');
  expect(() => citation({ standard: 'dom' as never, anchor: 'x' })).toThrow(
    'Cannot cite "dom": a standard is one of websockets, html, fetch, streams',
  );
});

/** Turns references to the texts that the lessons rest on into a label and the address of the exact section. */

/** The living standards that lessons cite. For HTML it is one chapter: the page with the whole standard is many megabytes. */
const standards = {
  websockets: { name: 'WHATWG WebSockets', page: 'https://websockets.spec.whatwg.org/' },
  html: { name: 'HTML', page: 'https://html.spec.whatwg.org/multipage/server-sent-events.html' },
  fetch: { name: 'Fetch', page: 'https://fetch.spec.whatwg.org/' },
  streams: { name: 'WHATWG Streams', page: 'https://streams.spec.whatwg.org/' },
} as const;

/** Other texts, which lessons cite for what no RFC or living standard says. */
const works = {
  'itu-radio-regulations': { name: 'ITU Radio Regulations', mark: 'No. ', href: 'https://www.itu.int/pub/R-REG-RR' },
  'chrome-push': { name: 'Chrome: removing push', mark: '', href: 'https://developer.chrome.com/blog/removing-push/' },
  'firefox-132': { name: 'Firefox 132, notes', mark: '', href: 'https://www.mozilla.org/en-US/firefox/132.0/releasenotes/' },
  'mdn-events': {
    name: 'MDN, Server-sent events',
    mark: '',
    href: 'https://developer.mozilla.org/docs/Web/API/Server-sent_events/Using_server-sent_events',
  },
  'mdn-websocketstream': {
    name: 'MDN, WebSocketStream',
    mark: '',
    href: 'https://developer.mozilla.org/docs/Web/API/WebSocketStream',
  },
  'iana-websocket': {
    name: 'IANA, WebSocket registry',
    mark: '',
    href: 'https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number',
  },
} as const;

/** An RFC with its section, such as `{ rfc: 6455, section: '5.1' }`. */
export interface RfcReference {
  rfc: number | string;
  /** `5.1`, or `A` for an appendix; without it, the whole text. */
  section?: string;
}

/** A living standard, such as `{ standard: 'websockets', anchor: 'dom-websocket-send', section: '3.1' }`. */
export interface StandardReference {
  standard: keyof typeof standards;
  /** Without the `#`. */
  anchor: string;
  /** Optional, because section numbers change in a living standard. */
  section?: string;
}

/** Another text, such as `{ work: 'itu-radio-regulations', section: '1.125' }`. */
export interface WorkReference {
  work: keyof typeof works;
  section?: string;
}

/** What a lesson refers to. */
export type Reference = RfcReference | StandardReference | WorkReference;

/** What a reader sees of a reference, and where it links to. */
export interface Citation {
  label: string;
  href: string;
  /** The text without its section. */
  source: string;
}

/** Returns the citation of a reference. Throws a TypeError for an invalid RFC number or an unknown text. */
export function citation(reference: Reference): Citation {
  const mark = reference.section ? ` §${reference.section}` : '';
  if ('rfc' in reference) {
    const number = String(reference.rfc);
    if (!/^\d{1,5}$/.test(number))
      throw new TypeError(`Cannot cite RFC "${number}": an RFC is named by its number, such as 6455`);
    return {
      label: `RFC ${number}${mark}`,
      source: `RFC ${number}`,
      href: `https://www.rfc-editor.org/rfc/rfc${number}.html${sectionAnchor(reference.section)}`,
    };
  }
  if ('work' in reference) {
    const work: (typeof works)[keyof typeof works] | undefined = works[reference.work];
    if (!work) throw new TypeError(`Cannot cite "${reference.work}": a work is one of ${Object.keys(works).join(', ')}`);
    const section = reference.section ? ` ${work.mark}${reference.section}` : '';
    return { label: work.name + section, source: work.name, href: work.href };
  }
  const standard: (typeof standards)[keyof typeof standards] | undefined = standards[reference.standard];
  if (!standard)
    throw new TypeError(`Cannot cite "${reference.standard}": a standard is one of ${Object.keys(standards).join(', ')}`);
  const { name, page } = standard;
  return { label: `${name}${mark}`, source: name, href: `${page}#${reference.anchor}` };
}

function sectionAnchor(section: string | undefined): string {
  if (!section) return '';
  return /^[A-Z]/.test(section) ? `#appendix-${section}` : `#section-${section}`;
}

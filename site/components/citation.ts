/** References to the texts that the lessons rest on, as a label and an address of the very section. */

/** The living standards that lessons cite, by the name in their address (`websockets.spec.whatwg.org`). */
const standards = {
  websockets: 'WHATWG WebSockets',
  html: 'HTML',
  fetch: 'Fetch',
  streams: 'WHATWG Streams',
} as const;

/** An RFC with its section, such as `{ rfc: 6455, section: '5.1' }`. */
export interface RfcReference {
  rfc: number | string;
  /** `5.1`, or `A` for an appendix; the whole text where there is none. */
  section?: string;
}

/** A living standard, such as `{ standard: 'websockets', anchor: 'dom-websocket-send', section: '3.1' }`. */
export interface StandardReference {
  standard: keyof typeof standards;
  /** Without the `#`. */
  anchor: string;
  /** Numbers of sections change in a living standard, so they are optional. */
  section?: string;
}

/** What a reader sees of a reference, and where it leads. */
export interface Citation {
  label: string;
  href: string;
}

/** The citation of a reference. Throws a TypeError for an RFC's number that is none, or a standard that is not known. */
export function citation(reference: RfcReference | StandardReference): Citation {
  const mark = reference.section ? ` §${reference.section}` : '';
  if ('rfc' in reference) {
    const number = String(reference.rfc);
    if (!/^\d{1,5}$/.test(number))
      throw new TypeError(`Cannot cite RFC "${number}": an RFC is named by its number, such as 6455`);
    return {
      label: `RFC ${number}${mark}`,
      href: `https://www.rfc-editor.org/rfc/rfc${number}.html${sectionAnchor(reference.section)}`,
    };
  }
  const name: string | undefined = standards[reference.standard];
  if (!name)
    throw new TypeError(`Cannot cite "${reference.standard}": a standard is one of ${Object.keys(standards).join(', ')}`);
  return { label: `${name}${mark}`, href: `https://${reference.standard}.spec.whatwg.org/#${reference.anchor}` };
}

function sectionAnchor(section: string | undefined): string {
  if (!section) return '';
  return /^[A-Z]/.test(section) ? `#appendix-${section}` : `#section-${section}`;
}

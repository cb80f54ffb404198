/** Says why a link did not carry something: sentences for the trace. */
import type { Direction } from './direction.ts';
import type { LinkEnd } from './link.ts';
import { carries, type DuplexMode } from './link-conditions.ts';

/** Why a link that has ended lost what it carried. */
export const whyLost: Readonly<Record<LinkEnd, string>> = {
  cut: 'The link was cut.',
  silent: 'The link had gone silent: neither end was told.',
};

/** Returns why a link that goes on dropped a frame. */
export function whyNotCarried(duplex: DuplexMode, direction: Direction): string {
  const isSimplex = !carries(duplex, direction);
  return isSimplex ? 'This link is simplex: it carries server-to-client alone.' : 'The link did not carry the frame.';
}

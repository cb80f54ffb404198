/** Shows the body of a close frame: its code, what that means, who may send it, and the reason (RFC 6455 §5.5.1, §7.4). */
import { closeCodeMeaning } from '../../../protocol/wire/close-code.ts';
import { Beginning } from '../Beginning.tsx';
import { SectionLink } from '../SectionLink.tsx';
import { Fact } from '../Times.tsx';

export function CloseBody({ body }: { body: Uint8Array }) {
  if (body.length < 2) {
    return (
      <p class="fi-note">
        {body.length === 0 ? 'No code: the other end reports 1005, which never goes over the wire. ' : ''}
        <SectionLink section="7.1.5" />
      </p>
    );
  }
  const code = ((body[0] as number) << 8) | (body[1] as number);
  const { name, meaning } = closeCodeMeaning(code);
  return (
    <dl class="fi-facts">
      <Fact name="Close code">
        {code}: {name}. {meaning} <SectionLink section={sectionOf(code)} />
      </Fact>
      <Fact name="Who may send it">{sendersOf(code)}</Fact>
      <Fact name="Reason">
        <Beginning of={new TextDecoder().decode(body.subarray(2)) || 'none'} />
      </Fact>
    </dl>
  );
}

/**
 * Returns the section of RFC 6455 for the code or its range: §7.4.1 for those defined there, §11.7 for what can be a code at all.
 */
function sectionOf(code: number): string {
  if (code > 4999) return '11.7';
  return (code >= 1000 && code <= 1011) || code === 1015 ? '7.4.1' : '7.4.2';
}

/** Returns who may put the code into a close frame (RFC 6455 §7.4.1; WHATWG WebSockets for scripts). */
export function sendersOf(code: number): string {
  const { senders, script } = closeCodeMeaning(code);
  if ([1005, 1006, 1015].includes(code)) return 'Nobody: it never goes over the wire. An end only reports it to its own program.';
  if (senders === 'nobody') return 'Nobody: it is not defined.';
  if (senders === 'a client') return 'Only a client: a server can refuse the handshake instead.';
  if (senders === 'a server') return 'A server. A script in a browser cannot: close() takes 1000 and 3000 to 4999.';
  if (script) return 'Either end; a script in a browser too, with close().';
  return 'Either end, but not a script in a browser: close() takes 1000 and 3000 to 4999.';
}

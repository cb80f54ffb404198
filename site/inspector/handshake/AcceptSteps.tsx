/** Shows how the accept key is derived from the request's key, step by step (RFC 6455 §4.2.2). */
import { asciiBytes, handshakeGuid, toBase64 } from '../../../protocol/wire/handshake.ts';
import { sha1 } from '../../../protocol/wire/sha1.ts';
import { hexOf } from '../frame/anatomy.ts';
import { Beginning } from '../Beginning.tsx';
import { SectionLink } from '../SectionLink.tsx';

interface Props {
  requestKey: string;
  /** The field's value in the response; empty if it lacks the field, undefined while there is no response. */
  answered: string | undefined;
  /** The key is the reader's own, so there is no answer to it. */
  isOwn?: boolean;
}

export function AcceptSteps({ requestKey, answered, isOwn = false }: Props) {
  const joined = requestKey.trim() + handshakeGuid;
  const digest = sha1(asciiBytes(joined));
  const accept = toBase64(digest);
  const steps: [string, string][] = [
    ["The request's key", requestKey],
    ['followed by the GUID that every server knows', joined],
    ['its SHA-1, 20 bytes', hexOf(digest)],
    ['as base64', accept],
  ];
  return (
    <>
      <p class="fi-caption">
        The accept key, worked out <SectionLink section="4.2.2" />
      </p>
      <ol class="fi-steps">
        {steps.map(([what, value]) => (
          <li key={what}>
            {what}{' '}
            <code>
              <Beginning of={value} step={200} />
            </code>
          </li>
        ))}
        <li>
          {isOwn ? (
            'A server that gets this key has to answer with that value.'
          ) : answered === undefined ? (
            'The response was not captured.'
          ) : answered === accept ? (
            <strong>The response's Sec-WebSocket-Accept is equal to it.</strong>
          ) : (
            <strong class="fi-wrong">
              {answered
                ? `The response says ${answered.slice(0, 200)}, which is not equal to it`
                : 'The response has no Sec-WebSocket-Accept'}
              : the client fails the connection.
            </strong>
          )}
        </li>
      </ol>
    </>
  );
}

/** Shows one HTTP exchange: its request and its response, line by line, with the purpose of each byte. */
import type { HttpExchange } from '../../protocol/trace/exchange.ts';
import { type HttpBytes, requestBytes, responseBytes } from '../../protocol/trace/http-message.ts';
import { hundredthsOfMs } from '../../protocol/words/duration.ts';
import { bytesWords } from './frame/anatomy.ts';
import { Beginning } from './Beginning.tsx';
import type { FlightProps } from './FrameInspector.tsx';
import { LeftOut } from './LeftOut.tsx';
import { Fact } from './Times.tsx';

/** The most characters of content and parts of a stream to show: the rest is only mentioned. */
const mostCharacters = 600;
const mostParts = 12;
/** A head may have any number of fields. */
const mostFields = 60;

type Props = Pick<FlightProps, 'flight'> & { exchange: HttpExchange };

export function ExchangeDetails({ flight, exchange }: Props) {
  const { parts, status, heldMs, complete, reason } = exchange;
  const request = requestBytes(exchange);
  const first = responseBytes(exchange, 0);
  const isRequest = flight.kind === 'request';
  const isOfLink = first !== undefined && exchange.request.receivedAt === undefined && parts[0]?.sentAt === undefined;
  const chosen = (!isRequest && flight.part) || 0;
  const from = Math.max(1, Math.min(chosen, parts.length - mostParts));
  const shown = parts.slice(from, from + mostParts);
  return (
    <>
      <dl class="fi-facts">
        <Fact name="Request">{request ? sizesOf([request]) : 'not captured yet'}</Fact>
        <Fact name="Held by the server">
          {isOfLink ? 'never: it did not arrive' : heldMs === undefined ? 'no answer yet' : hundredthsOfMs(heldMs)}
        </Fact>
        <Fact name={isOfLink ? 'The link’s own response' : 'Response'}>
          {first ? `${status ?? ''}: ${sizesOf(partBytes(exchange))}` : 'none yet'}
        </Fact>
        {complete === false && <Fact name="Incomplete">{reason ?? 'It was given up.'}</Fact>}
      </dl>
      {request && <Message name="Request" bytes={request} isOpen={isRequest} leftOut={exchange.request.leftOut} />}
      {first && <Message name="Response" bytes={first} isOpen={!isRequest && chosen === 0} />}
      {parts.length > 1 && (
        <table class="fi-fields fi-parts">
          <caption>Parts of the response after its head</caption>
          <thead>
            <tr>
              <th scope="col">part</th>
              <th scope="col">sent</th>
              <th scope="col">bytes</th>
              <th scope="col">content</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ sentAt }, i) => {
              const bytes = responseBytes(exchange, from + i);
              return (
                <tr key={from + i} class={from + i === chosen ? 'fi-lit' : undefined}>
                  <th scope="row">{from + i + 1}</th>
                  <td>{sentAt === undefined ? '' : hundredthsOfMs(sentAt)}</td>
                  <td>{bytes ? sizesOf([bytes]) : 'on their way'}</td>
                  <td>{bytes && <Content content={bytes.content} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {parts.length - 1 > shown.length && (
        <p class="fi-note">
          {shown.length} of {parts.length - 1} parts.
        </p>
      )}
    </>
  );
}

const partBytes = (exchange: HttpExchange): HttpBytes[] =>
  exchange.parts.flatMap((_, part) => responseBytes(exchange, part) ?? []);

/** Returns text such as `312 bytes: 280 of head, 32 of content`. */
function sizesOf(parts: readonly HttpBytes[]): string {
  const sum = (of: (bytes: HttpBytes) => number): number => parts.reduce((total, bytes) => total + of(bytes), 0);
  const [head, framing, content] = [sum((b) => b.headLength), sum((b) => b.framingLength), sum((b) => b.content.length)];
  const named = [`${head} of head`, `${framing} of chunk sizes`, `${content} of content`];
  const kept = named.filter((_, i) => [head, framing, content][i] !== 0);
  return `${bytesWords(head + framing + content)}${kept.length > 0 ? `: ${kept.join(', ')}` : ''}`;
}

interface MessageProps {
  name: string;
  bytes: HttpBytes;
  isOpen: boolean;
  leftOut?: number | undefined;
}

function Message({ name, bytes, isOpen, leftOut }: MessageProps) {
  const { head, content } = bytes;
  if (!head) return null;
  return (
    <details class="fi-message" open={isOpen}>
      <summary>
        {name}: {head.startLine.slice(0, mostCharacters)}
      </summary>
      <LeftOut bytes={leftOut} />
      <table class="fi-fields fi-headers">
        <caption>{name}, its head field by field</caption>
        <thead>
          <tr>
            <th scope="col">field</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {head.fields.slice(0, mostFields).map((field, i) => (
            <tr key={i}>
              <th scope="row">{field.name}</th>
              <td>
                <Beginning of={field.value} step={mostCharacters} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {head.fields.length > mostFields && (
        <p class="fi-note">
          The first {mostFields} of {head.fields.length} fields.
        </p>
      )}
      {content.length > 0 && <Content content={content} />}
    </details>
  );
}

function Content({ content }: { content: Uint8Array }) {
  return (
    <pre class="fi-content">
      <Beginning of={new TextDecoder().decode(content).trimEnd()} step={mostCharacters} />
    </pre>
  );
}

/** Shows one half of the opening handshake line by line, and works out its accept key (RFC 6455 §4). */
import type { Flight } from '../../../protocol/trace/flight.ts';
import { fieldValue, parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { type CapturedFrame, fromHex } from '../../../protocol/trace/trace.ts';
import { AcceptSteps } from './AcceptSteps.tsx';
import { Beginning } from '../Beginning.tsx';
import { type HeaderPurpose, headerPurpose, startLinePurpose } from './header-purposes.ts';
import { LeftOut } from '../LeftOut.tsx';
import { handshakeOf } from '../frame/receiving.ts';
import { SectionLink } from '../SectionLink.tsx';

/** A head may have any number of fields. */
const mostLines = 60;

interface Props {
  flight: Flight;
  captured: CapturedFrame;
  flights: readonly Flight[];
}

export function HandshakeDetails({ flight, captured, flights }: Props) {
  const isRequest = flight.direction === 'client-to-server';
  const text = new TextDecoder().decode(fromHex(captured.bytes));
  const head = parseHttpHead(text);
  const other = handshakeOf(flights, flight.connection, isRequest ? 'server-to-client' : 'client-to-server');
  const [asked, answered] = isRequest ? [head, other] : [other, head];
  const key = asked && fieldValue(asked, 'Sec-WebSocket-Key');
  const kept = captured.bytes.length / 2;
  return (
    <>
      {kept < captured.length && (
        <p class="fi-note">
          The first {kept} of {captured.length} bytes.
        </p>
      )}
      <LeftOut bytes={flight.leftOut} />
      <table class="fi-fields fi-headers">
        <caption>{isRequest ? 'The request, line by line' : 'The response, line by line'}</caption>
        <thead>
          <tr>
            <th scope="col">line</th>
            <th scope="col">what it is for</th>
            <th scope="col">section</th>
          </tr>
        </thead>
        <tbody>
          <Line text={head.startLine} known={startLinePurpose(head.startLine)} />
          {head.fields.slice(0, mostLines).map(({ name, value }, i) => (
            <Line key={i} name={name} text={value} known={headerPurpose(name, isRequest)} />
          ))}
        </tbody>
      </table>
      {head.fields.length > mostLines && (
        <p class="fi-note">
          The first {mostLines} of {head.fields.length} fields.
        </p>
      )}
      {key && <AcceptSteps requestKey={key} answered={answered && (fieldValue(answered, 'Sec-WebSocket-Accept') ?? '')} />}
    </>
  );
}

function Line({ name, text, known }: { name?: string; text: string; known: HeaderPurpose | undefined }) {
  return (
    <tr>
      <th scope="row">
        {name && <span>{name}: </span>}
        <Beginning of={text} step={600} />
      </th>
      <td>{known?.purpose ?? 'Not part of the handshake.'}</td>
      <td>{known && <SectionLink section={known.section} rfc={known.rfc ?? 6455} />}</td>
    </tr>
  );
}

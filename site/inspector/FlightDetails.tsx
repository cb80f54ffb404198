/** Shows what is known about one frame, or about one half of the handshake. */
import { clientNameOf } from '../../protocol/trace/client-name.ts';
import { opcodeName } from '../../protocol/wire/frame.ts';
import type { Flight } from '../../protocol/trace/flight.ts';
import { adoptSheet } from './adopt-sheet.ts';
import { bytesWords } from './frame/anatomy.ts';
import sheet from './details.css?inline';
import { ExchangeDetails } from './ExchangeDetails.tsx';
import { FrameAnatomy } from './frame/FrameAnatomy.tsx';
import type { FlightProps } from './FrameInspector.tsx';
import { HandshakeDetails } from './handshake/HandshakeDetails.tsx';
import { Times } from './Times.tsx';

adoptSheet(sheet);

export function FlightDetails({ flight, flights, clock, ask }: FlightProps) {
  const { captured, kind, direction, connection, exchange } = flight;
  const up = direction === 'client-to-server';
  const client = `client ${clientNameOf(connection)}`;
  const way = `${up ? `${client} → server` : `server → ${client}`}, connection ${connection}`;
  return (
    <>
      <p class={up ? 'fi-head fi-c2s' : 'fi-head fi-s2c'}>
        <strong>{titleOf(flight)}</strong> <span>{way}</span>
      </p>
      {exchange ? (
        <ExchangeDetails flight={flight} exchange={exchange} />
      ) : !captured ? (
        <p class="fi-note">Sent, but not yet captured at the server's socket: its bytes are not known.</p>
      ) : kind === 'handshake' ? (
        <HandshakeDetails flight={flight} captured={captured} flights={flights} />
      ) : (
        <FrameAnatomy key={captured.bytes.length} flight={flight} captured={captured} flights={flights} ask={ask} />
      )}
      <Times flight={flight} clock={clock} />
    </>
  );
}

function titleOf({ kind, direction, captured, messageKind, length, exchange, part = 0 }: Flight): string {
  const bytes = bytesWords(length);
  if (exchange && kind === 'request') return `HTTP request ${exchange.method}: ${bytes}`;
  if (exchange)
    return part === 0 ? `HTTP response ${exchange.status ?? ''}: ${bytes}` : `HTTP response, part ${part + 1}: ${bytes}`;
  if (kind === 'handshake')
    return `Opening handshake, ${direction === 'client-to-server' ? 'request' : 'response'}: ${bytes} of HTTP`;
  if (!captured) return `${messageKind === 'binary' ? 'Binary' : 'Text'} message: ${bytes}`;
  const name = opcodeName(captured.opcode);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} frame: ${bytes} of payload`;
}

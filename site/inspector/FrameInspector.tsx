/** The frame inspector: everything that is known of one frame, from its bytes and from the times at both ends. */
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { closeCodeMeaning } from '../../protocol/close-code.ts';
import type { Flight } from '../../protocol/flight.ts';
import type { CapturedFrame, Trace } from '../../protocol/trace.ts';
import { fromHex } from '../../protocol/trace.ts';
import { type Anatomy, anatomyOf, isText } from './anatomy.ts';
import { Bits } from './Bits.tsx';
import { HexDump } from './HexDump.tsx';
import './inspector.css';

export interface FrameInspectorProps {
  flight: Flight | undefined;
  /** Changes when what is known of the flight may have. */
  revision?: ReadonlySignal<number>;
  /** Of the trace: how sure times seen at different ends are against each other. */
  clock: Trace['clock'];
  /** The region's name, where a page has several. */
  label?: string;
}

export function FrameInspector({ flight, revision, clock, label = 'Frame' }: FrameInspectorProps) {
  void revision?.value;
  return (
    <section class="fi not-content" aria-label={label} tabIndex={flight ? 0 : -1}>
      {flight ? <Details flight={flight} clock={clock} /> : <p class="fi-empty">Choose a frame on the timeline.</p>}
    </section>
  );
}

function Details({ flight, clock }: { flight: Flight; clock: Trace['clock'] }) {
  const { captured, kind, direction, connection } = flight;
  const up = direction === 'client-to-server';
  const times = <Times flight={flight} clock={clock} />;
  const client = `client ${connection.replace(/\d+$/, '')}`;
  const way = `${up ? `${client} → server` : `server → ${client}`}, connection ${connection}`;
  return (
    <>
      <p class={up ? 'fi-head fi-c2s' : 'fi-head fi-s2c'}>
        <strong>{titleOf(flight)}</strong> <span>{way}</span>
      </p>
      {captured ? (
        kind === 'handshake' ? (
          <Handshake captured={captured} up={up} />
        ) : (
          <Frame captured={captured} anatomy={anatomyOf(captured)} times={times} />
        )
      ) : (
        <p class="fi-note">Sent, and not yet captured at the server's socket: its bytes are not known.</p>
      )}
      {(!captured || kind === 'handshake') && <dl class="fi-facts">{times}</dl>}
    </>
  );
}

function titleOf({ kind, direction, captured, messageKind, length }: Flight): string {
  const bytes = `${length} ${length === 1 ? 'byte' : 'bytes'}`;
  if (kind === 'handshake')
    return `Opening handshake, ${direction === 'client-to-server' ? 'request' : 'response'}: ${bytes} of HTTP`;
  if (!captured) return `${messageKind === 'binary' ? 'Binary' : 'Text'} message: ${bytes}`;
  const name = anatomyOf(captured).opcode;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} frame: ${bytes} of payload`;
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

function Frame({ captured, anatomy, times }: { captured: CapturedFrame; anatomy: Anatomy; times: ComponentChildren }) {
  const { fields, header, maskingKey, lengthBits, length, payload, unmasked, close } = anatomy;
  const isCompressed = (captured.rsv & 4) !== 0;
  return (
    <>
      <Bits fields={fields} />
      <dl class="fi-facts">
        <Fact name="FIN">{captured.fin ? '1: the last frame of its message' : '0: more frames of this message follow'}</Fact>
        <Fact name="RSV">
          {captured.rsv.toString(2).padStart(3, '0')}
          {isCompressed ? ': RSV1 is set by compression' : ''}
        </Fact>
        <Fact name="Opcode">
          0x{captured.opcode.toString(16)}: {anatomy.opcode}
        </Fact>
        <Fact name="Mask">
          {maskingKey ? (
            <>
              1: key <code>{hex(maskingKey)}</code>
            </>
          ) : (
            '0: not masked'
          )}
        </Fact>
        <Fact name="Length">
          {length} bytes, in the {lengthBits}-bit form
        </Fact>
        <Fact name="On the wire">
          {header.length} + {length} = {header.length + length} bytes
        </Fact>
        {close && <CloseFacts {...close} />}
        {times}
      </dl>
      <HexDump caption="Header" bytes={header} unmasked={undefined} length={header.length} />
      {length > 0 && <HexDump caption="Payload" bytes={payload} unmasked={maskingKey && unmasked} length={length} />}
      {length > 0 && !isCompressed && !close && isText(captured) && (
        <pre class="fi-text">{new TextDecoder().decode(unmasked)}</pre>
      )}
    </>
  );
}

function CloseFacts({ code, reason }: { code: number; reason: string }) {
  const { name, meaning } = closeCodeMeaning(code);
  return (
    <>
      <Fact name="Close code">
        {code}: {name}. {meaning}
      </Fact>
      <Fact name="Reason">{reason || 'none'}</Fact>
    </>
  );
}

function Handshake({ captured, up }: { captured: CapturedFrame; up: boolean }) {
  return (
    <>
      <p class="fi-note">
        {up ? 'HTTP, as the client sent it (RFC 6455 §4.1).' : 'HTTP, as the server answered it (RFC 6455 §4.2.2).'}
        {captured.bytes.length / 2 < captured.length && ` The first ${captured.bytes.length / 2} of ${captured.length} bytes.`}
      </p>
      <pre class="fi-text fi-http" tabIndex={0} aria-label="HTTP text">
        {new TextDecoder().decode(fromHex(captured.bytes))}
      </pre>
    </>
  );
}

const ms = (time: number): string => `${time.toFixed(2)} ms`;

function Times({ flight, clock }: { flight: Flight; clock: Trace['clock'] }) {
  const { sentAt, departedAt, receivedAt, dropped } = flight;
  const waited = departedAt === undefined ? 0 : departedAt - sentAt;
  return (
    <>
      <Fact name="Sent">{ms(sentAt)}</Fact>
      {waited > 0.005 && <Fact name="Waited for its turn">{ms(waited)}</Fact>}
      {dropped ? (
        <Fact name="Dropped">
          {ms(dropped.at)}: {dropped.reason}
        </Fact>
      ) : (
        <Fact name="Received">{receivedAt === undefined ? 'not yet' : ms(receivedAt)}</Fact>
      )}
      {receivedAt !== undefined && (
        <Fact name="One way">
          {ms(receivedAt - sentAt)} ± {clock.uncertaintyMs.toFixed(2)} ms
        </Fact>
      )}
    </>
  );
}

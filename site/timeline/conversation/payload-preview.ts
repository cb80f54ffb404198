/** Puts what a frame carried into a few characters. */
import { type Flight, isHttp } from '../../../protocol/trace/flight.ts';
import { Opcode, isControl, mask, parseHeader } from '../../../protocol/wire/frame.ts';
import { parseHttpHead } from '../../../protocol/wire/handshake.ts';
import { type CapturedFrame, fromHex } from '../../../protocol/trace/trace.ts';
import { httpName, httpPreview } from './http-words.ts';

const visible: Record<string, string> = { '\n': '↵', '\r': '↵', '\t': '→' };
/** Characters shown as one mark each: control characters, and those that turn or break a line. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Returns text on one line, with no character that could rearrange it. */
export function onOneLine(text: string): string {
  return text.replace(/\r\n/g, '↵').replace(invisible, (character) => visible[character] ?? '·');
}

/** Returns text cut to `most` characters, the last of them an ellipsis if anything was cut. */
export function shorten(text: string, most: number): string {
  // Slice first: a character takes at most two code units, and the text may be megabytes.
  const characters = Array.from(text.slice(0, 2 * Math.max(0, most) + 2));
  return characters.length <= most ? text : `${characters.slice(0, Math.max(0, most - 1)).join('')}…`;
}

/** Returns the first `most` payload bytes that were kept, unmasked (RFC 6455 §5.2-5.3); undefined until the frame is captured. */
export function payloadStart({ captured, kind }: Flight, most = 64): Uint8Array | undefined {
  if (!captured) return undefined;
  const bytes = fromHex(captured.bytes.slice(0, 2 * (14 + most)));
  if (kind !== 'frame') return bytes;
  const header = parseHeader(bytes);
  if (!header) return undefined;
  const payload = bytes.subarray(header.headerLength);
  return (header.maskingKey ? mask(payload, header.maskingKey) : payload).subarray(0, most);
}

/** Returns a short line for what the frame carried: its text, close code or first bytes; empty if that is nothing or unknown. */
export function preview(flight: Flight): string {
  if (isHttp(flight)) return onOneLine(httpPreview(flight));
  const bytes = payloadStart(flight);
  if (!bytes || !flight.captured) return '';
  if (flight.kind === 'handshake') return handshakeLine(new TextDecoder().decode(bytes));
  const { opcode, length } = flight.captured;
  if (opcode === Opcode.close) return closeLine(bytes);
  if (flight.isCompressed) return `compressed, ${length} B`;
  if (opcode === Opcode.binary) return hexLine(bytes, length);
  try {
    // A frame may end inside a character (RFC 6455 §5.6), so leave the end open.
    return onOneLine(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
  } catch {
    return hexLine(bytes, length);
  }
}

/** Returns the frame's own name if that says more than its payload (`ping`, `close 1000`), else its payload. */
export function shortName(flight: Flight): string {
  if (flight.kind !== 'frame' || !flight.captured) return nameOf(flight);
  let name = names.get(flight.captured);
  if (name === undefined) names.set(flight.captured, (name = nameOf(flight)));
  return name;
}

/** Names already worked out: a picture being dragged asks for the same ones with each painting. */
const names = new WeakMap<CapturedFrame, string>();

function nameOf(flight: Flight): string {
  if (isHttp(flight)) return onOneLine(httpName(flight));
  const text = preview(flight);
  // Name a request by its method alone: its address is the sandbox's own, and long.
  if (flight.kind === 'handshake') return text.split(' ', 1)[0] as string;
  if (!flight.captured || !isControl(flight.captured.opcode)) return jsonName(flight) ?? text;
  const name = flight.captured.opcode === Opcode.ping ? 'ping' : flight.captured.opcode === Opcode.pong ? 'pong' : 'close';
  return text ? `${name} ${text}` : name;
}

/**
 * Returns what a JSON object says first: its type and a value, as in `word hello`, or, without a type, two of its values, as in
 * `ACME 101`. If a number comes first, values have their names with them: `x 3 y 4`.
 */
function jsonName(flight: Flight): string | undefined {
  const bytes = payloadStart(flight, 256);
  if (bytes?.[0] !== 0x7b || (flight.captured?.length ?? 0) > 256) return undefined;
  try {
    const { type, ...rest } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    const said = Object.entries(rest).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
    if (typeof type === 'string') return onOneLine([type, ...said.slice(0, 1).map(([, value]) => value)].join(' '));
    const isNamed = typeof said[0]?.[1] === 'number';
    const words = said.slice(0, 2).map(([name, value]) => (isNamed ? `${name} ${String(value)}` : String(value)));
    return words.length === 0 ? undefined : onOneLine(words.join(' '));
  } catch {
    return undefined;
  }
}

function handshakeLine(text: string): string {
  const [first = '', second = ''] = parseHttpHead(text).startLine.split(' ');
  return onOneLine(first.startsWith('HTTP/') ? second : `${first} ${second}`);
}

function closeLine(bytes: Uint8Array): string {
  if (bytes.length < 2) return '';
  const code = ((bytes[0] as number) << 8) | (bytes[1] as number);
  return onOneLine(`${code} ${new TextDecoder().decode(bytes.subarray(2))}`.trim());
}

function hexLine(bytes: Uint8Array, length: number): string {
  const shown = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return length > 8 ? `${shown} …` : shown;
}

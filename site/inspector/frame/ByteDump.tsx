/** Shows a frame's bytes in rows of eight, side by side: as on the wire, unmasked, and as text. */
import { useMemo, useState } from 'preact/hooks';
import type { Anatomy, Field } from './anatomy.ts';
import type { Glyph } from './characters.ts';
import { useRoving } from './roving.ts';

const perRow = 8;
/** Rows shown at first, and added at each press; a long payload must not push everything else away. */
const rowsAtOnce = 16;

interface Props {
  bytes: Uint8Array;
  anatomy: Anatomy;
  /** Returns one glyph for each of the first `bytes` bytes of payload. */
  glyphsOf: (bytes: number) => readonly Glyph[];
  lit: Field | undefined;
  /** Positions of changed bytes. */
  changed: ReadonlySet<number>;
  /** The payload byte drawn bit by bit. */
  chosen: number;
  onChoose: (payloadByte: number) => void;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

export function ByteDump({ bytes, anatomy, glyphsOf, lit, changed, chosen, onChoose }: Props) {
  const [most, setMost] = useState(rowsAtOnce);
  const { current, ...handlers } = useRoving(perRow);
  const { headerLength, maskingKey, unmasked } = anatomy;
  const rows = Math.min(Math.ceil(bytes.length / perRow), most);
  const glyphs = useMemo(() => glyphsOf(rows * perRow), [glyphsOf, rows]);
  const isLit = (at: number): boolean => lit !== undefined && at >= lit.from >> 3 && at <= (lit.to - 1) >> 3;
  const classOf = (at: number): string =>
    [
      at < headerLength ? 'fi-h' : at - headerLength < unmasked.length ? 'fi-p' : 'fi-x',
      isLit(at) ? 'fi-lit' : '',
      changed.has(at) ? 'fi-changed' : '',
    ].join(' ');
  const wire = (at: number): preact.JSX.Element => {
    const byte = hex(bytes[at] as number);
    const payloadByte = at - headerLength;
    if (payloadByte < 0 || payloadByte >= unmasked.length) return <span class={classOf(at)}>{byte}</span>;
    return (
      <button
        type="button"
        class={classOf(at)}
        data-roving
        tabIndex={payloadByte === Math.min(current, unmasked.length - 1) ? 0 : -1}
        aria-pressed={payloadByte === chosen}
        aria-label={`Payload byte ${payloadByte}: ${byte}`}
        onClick={() => onChoose(payloadByte)}
      >
        {byte}
      </button>
    );
  };
  const clear = (at: number): preact.JSX.Element => {
    const byte = unmasked[at - headerLength];
    return byte === undefined ? <span> </span> : <span class={classOf(at)}>{hex(byte)}</span>;
  };
  const text = (at: number): preact.JSX.Element => {
    const glyph = glyphs[at - headerLength];
    return glyph ? <span class={`${classOf(at)} fi-${glyph.kind}`}>{glyph.text}</span> : <span> </span>;
  };
  return (
    <div class="fi-scroll">
      <table class="fi-dump" {...handlers}>
        <caption>Bytes</caption>
        <thead>
          <tr>
            <th scope="col">byte</th>
            <th scope="col">on the wire</th>
            {maskingKey && <th scope="col">unmasked</th>}
            <th scope="col">text</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => {
            const here = Array.from({ length: Math.min(perRow, bytes.length - row * perRow) }, (__, i) => row * perRow + i);
            return (
              <tr key={row}>
                <th scope="row">{row * perRow}</th>
                <td>{here.map(wire)}</td>
                {maskingKey && <td>{here.map(clear)}</td>}
                <td class="fi-glyphs">{here.map(text)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows * perRow < bytes.length && (
        <p class="fi-note">
          The first {rows * perRow} of {bytes.length} bytes.{' '}
          <button type="button" class="fi-button" onClick={() => setMost(most + rowsAtOnce)}>
            Show more
          </button>
        </p>
      )}
    </div>
  );
}

/** Draws a frame's header and one byte of its payload bit by bit, as RFC 6455 §5.2 does. Each bit is a button that flips it. */
import type { Field } from './anatomy.ts';
import { useRoving } from './roving.ts';

interface Props {
  bytes: Uint8Array;
  fields: readonly Field[];
  /** Positions in the frame of the bytes to draw. */
  places: readonly number[];
  headerLength: number;
  /** Positions of flipped bits. */
  flips: ReadonlySet<number>;
  lit: string | undefined;
  onLight: (field: string | undefined) => void;
  /** Absent if the drawing is a still picture. */
  onFlip: ((bit: number) => void) | undefined;
}

export function BitDrawing({ bytes, fields, places, headerLength, flips, lit, onLight, onFlip }: Props) {
  const { current, ...handlers } = useRoving(8);
  const stop = Math.min(current, 8 * places.length - 1);
  return (
    <div
      class="fi-bits"
      role="group"
      aria-label={onFlip ? 'Bits: press one to flip it' : 'Bits'}
      {...handlers}
      onMouseLeave={() => onLight(undefined)}
    >
      {places.map((place, nth) => (
        <div class={place < headerLength ? 'fi-byte' : 'fi-byte fi-payload'} key={place}>
          {fieldsOfByte(fields, place).map((field) => {
            const from = Math.max(field.from, 8 * place);
            const to = Math.min(field.to, 8 * place + 8);
            return (
              <div
                key={field.name}
                class={field.name === lit ? 'fi-part fi-lit' : 'fi-part'}
                style={{ gridColumn: `span ${to - from}` }}
                onMouseEnter={() => onLight(field.name)}
                onFocusIn={() => onLight(field.name)}
              >
                <span class={to - from === 1 ? 'fi-name fi-upright' : 'fi-name'} aria-hidden="true">
                  {nameOfPart(field, place, headerLength)}
                </span>
                <span class="fi-row">
                  {Array.from({ length: to - from }, (_, i) => {
                    const bit = from + i;
                    const value = ((bytes[place] as number) >> (7 - (bit & 7))) & 1;
                    if (!onFlip)
                      return <span key={bit} class="fi-bit" data-ruler={place < 4 ? bit : undefined} children={value} />;
                    return (
                      <button
                        key={bit}
                        type="button"
                        data-roving
                        data-ruler={place < 4 ? bit : undefined}
                        tabIndex={nth * 8 + (bit & 7) === stop ? 0 : -1}
                        aria-pressed={flips.has(bit)}
                        aria-label={`${bitName(field, bit, place)}: ${value}`}
                        onClick={() => onFlip(bit)}
                      >
                        {value}
                      </button>
                    );
                  })}
                </span>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function fieldsOfByte(fields: readonly Field[], place: number): Field[] {
  return fields.filter(({ from, to }) => from < 8 * place + 8 && to > 8 * place);
}

/** Returns a field's name for its first byte only, if it spans several. */
function nameOfPart({ name, from }: Field, place: number, headerLength: number): string {
  if (place >= headerLength) return `payload byte ${place - headerLength}`;
  return from >= 8 * place ? name : '';
}

/** Returns a name such as `FIN`; `opcode, bit 0 of 4`; `masking key, byte 1, bit 0`. */
function bitName({ name, from, to }: Field, bit: number, place: number): string {
  if (to - from === 1) return name;
  if (to - from <= 8) return `${name}, bit ${bit - from} of ${to - from}`;
  return `${name}, byte ${place - from / 8}, bit ${bit & 7}`;
}

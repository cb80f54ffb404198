/** Masks the reader's own text with their own key (RFC 6455 §5.3): byte by byte, and one byte bit by bit. */
import { useState } from 'preact/hooks';
import { mask } from '../../../protocol/wire/frame.ts';
import { fromHex, toHex } from '../../../protocol/trace/trace.ts';

export interface MaskPictureProps {
  text: string;
  /** Four bytes in hexadecimal. */
  keyHex: string;
  isStill?: boolean;
}

const mostBytes = 16;
const hex = (byte = 0): string => byte.toString(16).padStart(2, '0');
const bits = (byte = 0): string[] => [...byte.toString(2).padStart(8, '0')];

/** Returns the bytes of a typed key; undefined if it is not a key. */
function keyOf(typed: string): Uint8Array | undefined {
  const digits = typed.replace(/\s+/g, '');
  return /^[0-9a-f]{8}$/i.test(digits) ? fromHex(digits) : undefined;
}

export function MaskPicture({ text: givenText, keyHex, isStill = false }: MaskPictureProps) {
  const [text, setText] = useState(givenText);
  const [typedKey, setTypedKey] = useState(keyHex);
  const [chosen, setChosen] = useState(0);
  const key = keyOf(typedKey);
  const all = new TextEncoder().encode(text);
  const payload = all.subarray(0, mostBytes);
  const at = Math.min(chosen, payload.length - 1);
  return (
    <div class="fi ip-mask">
      <p class="ip-inputs">
        <label>
          Text
          <input
            type="text"
            value={text}
            readOnly={isStill}
            size={18}
            autocomplete="off"
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <label>
          Key
          <input
            type="text"
            class="ip-hex"
            value={typedKey}
            readOnly={isStill}
            size={12}
            spellcheck={false}
            autocomplete="off"
            aria-invalid={!key}
            onInput={({ currentTarget }) => setTypedKey(currentTarget.value)}
          />
        </label>
        {!isStill && (
          <button type="button" class="fi-button" onClick={() => setTypedKey(freshKey())}>
            A fresh key
          </button>
        )}
      </p>
      {!key ? (
        <p class="fi-wrong">The key has four bytes: eight hexadecimal digits, such as 37 fa 21 3d.</p>
      ) : payload.length === 0 ? (
        <p>Nothing to mask: the text is empty.</p>
      ) : (
        <Steps payload={payload} maskingKey={key} at={at} onChoose={isStill ? undefined : setChosen} />
      )}
      {all.length > mostBytes && (
        <p class="fi-note">
          The first {mostBytes} of {all.length} bytes.
        </p>
      )}
    </div>
  );
}

interface StepsProps {
  payload: Uint8Array;
  maskingKey: Uint8Array;
  at: number;
  onChoose: ((byte: number) => void) | undefined;
}

function Steps({ payload, maskingKey, at, onChoose }: StepsProps) {
  const wire = mask(payload, maskingKey);
  const rows: [string, number | undefined][] = [
    ['text', payload[at]],
    [`key, byte ${at % 4}`, maskingKey[at % 4]],
    ['on the wire', wire[at]],
  ];
  return (
    <>
      <div class="ip-bytes">
        <p class="ip-names" aria-hidden="true">
          <span>text</span>
          <span>key</span>
          <span>wire</span>
        </p>
        {Array.from(payload, (byte, i) => {
          const inside = (
            <>
              <span class="ip-unseen">Byte {i}: </span>
              <span>{hex(byte)}</span>
              <span class="ip-unseen"> XOR </span>
              <span>{hex(maskingKey[i % 4])}</span>
              <span class="ip-unseen"> is </span>
              <strong>{hex(wire[i])}</strong>
            </>
          );
          if (!onChoose) return <p class={i === at ? 'ip-byte ip-chosen' : 'ip-byte'} key={i} children={inside} />;
          return (
            <button type="button" class="ip-byte" key={i} aria-pressed={i === at} onClick={() => onChoose(i)}>
              {inside}
            </button>
          );
        })}
      </div>
      <table class="ip-xor">
        <caption>Byte {at}, bit by bit</caption>
        <tbody>
          {rows.map(([name, byte]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {bits(byte).map((bit, i) => (
                <td key={i}>{bit}</td>
              ))}
              <td class="ip-value">{hex(byte)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p role="status">
        On the wire: <code>{toHex(wire).replace(/..(?=.)/g, '$& ')}</code>. XOR with the same key once more, and it reads{' '}
        <q>{new TextDecoder().decode(mask(wire, maskingKey))}</q>.
      </p>
    </>
  );
}

const freshKey = (): string => toHex(crypto.getRandomValues(new Uint8Array(4))).replace(/..(?=.)/g, '$& ');

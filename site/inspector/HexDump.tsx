/** Bytes in rows of eight: as on the wire, and where they were masked as they were meant, beside each other. */

/** Rows shown at first; a long payload must not push everything else away. */
const mostRows = 16;
const perRow = 8;

interface Props {
  caption: string;
  /** As on the wire. */
  bytes: Uint8Array;
  /** Unmasked; undefined where nothing was masked. */
  unmasked: Uint8Array | undefined;
  /** How many bytes there were; more than are here where the tap kept only the beginning. */
  length: number;
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
const ascii = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');

export function HexDump({ caption, bytes, unmasked, length }: Props) {
  const rows = Math.min(Math.ceil(bytes.length / perRow), mostRows);
  const shown = Math.min(bytes.length, rows * perRow);
  const clear = unmasked ?? bytes;
  return (
    <div class="fi-dump-scroll">
      <table class="fi-dump">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">byte</th>
            <th scope="col">{unmasked ? 'on the wire' : 'hex'}</th>
            {unmasked && <th scope="col">unmasked</th>}
            <th scope="col">ASCII</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => {
            const from = row * perRow;
            const part = clear.subarray(from, from + perRow);
            return (
              <tr key={row}>
                <th scope="row">{from}</th>
                <td>{hex(bytes.subarray(from, from + perRow))}</td>
                {unmasked && <td class="fi-clear">{hex(part)}</td>}
                <td class="fi-clear">{ascii(part)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown < length && (
        <p class="fi-note">
          The first {shown} of {length} bytes{bytes.length < length && shown === bytes.length ? ' were kept.' : '.'}
        </p>
      )}
    </div>
  );
}

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

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const ascii = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·');

/** A row in groups of four, as the masking key goes; on a narrow screen they come under one another. */
function Groups({ bytes, write, between }: { bytes: Uint8Array; write: (byte: number) => string; between: string }) {
  return (
    <>
      {[bytes.subarray(0, 4), bytes.subarray(4)].map((group, i) => (
        <span key={i}>{Array.from(group, write).join(between)}</span>
      ))}
    </>
  );
}

export function HexDump({ caption, bytes, unmasked, length }: Props) {
  const rows = Math.min(Math.ceil(bytes.length / perRow), mostRows);
  const shown = Math.min(bytes.length, rows * perRow);
  const clear = unmasked ?? bytes;
  return (
    <div>
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
                <td>
                  <Groups bytes={bytes.subarray(from, from + perRow)} write={hex} between=" " />
                </td>
                {unmasked && (
                  <td class="fi-clear">
                    <Groups bytes={part} write={hex} between=" " />
                  </td>
                )}
                <td class="fi-clear fi-ascii">
                  <Groups bytes={part} write={ascii} between="" />
                </td>
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

/** The first two bytes of a frame's header as a row of bits, drawn as RFC 6455 §5.2 draws them. */
import type { Field } from './anatomy.ts';

export function Bits({ fields }: { fields: readonly Field[] }) {
  return (
    <div class="fi-bits-scroll">
      <table class="fi-bits">
        <caption>First two bytes, bit by bit</caption>
        <thead>
          <tr>
            {fields.map(({ name, bits }) => (
              <th key={name} scope="col" colSpan={bits.length} class={bits.length === 1 ? 'fi-one' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            {fields.map(({ name, bits, means }) => (
              <td key={name} colSpan={bits.length} title={means}>
                {bits}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

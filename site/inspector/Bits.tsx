/** The first two bytes of a frame's header as a row of bits, drawn as RFC 6455 §5.2 draws them. */
import type { Field } from './anatomy.ts';

export function Bits({ fields }: { fields: readonly Field[] }) {
  const bits = fields.flatMap((field) => Array.from(field.bits, (bit, i) => ({ bit, isFirst: i === 0 })));
  return (
    <table class="fi-bits">
      <caption>First two bytes, bit by bit</caption>
      <thead>
        <tr aria-hidden="true">
          {bits.map((_, i) => (
            <td key={i}>{i}</td>
          ))}
        </tr>
        <tr>
          {fields.map(({ name, bits: { length }, means }) => (
            <th key={name} scope="col" colSpan={length} title={means}>
              {length === 1 ? <span>{name}</span> : name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {fields.map(({ name, bits: { length }, bits: own }) => (
            <td key={name} colSpan={length}>
              {own}
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

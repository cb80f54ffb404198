/** Shows a frame's fields: what each holds, what that means, and where the standard says so. */
import type { Field } from './anatomy.ts';
import { SectionLink } from '../SectionLink.tsx';

interface Props {
  fields: readonly Field[];
  lit: string | undefined;
  onLight: (field: string | undefined) => void;
}

export function FieldTable({ fields, lit, onLight }: Props) {
  return (
    <table class="fi-fields" onMouseLeave={() => onLight(undefined)}>
      <caption>Fields</caption>
      <thead>
        <tr>
          <th scope="col">field</th>
          <th scope="col">value</th>
          <th scope="col">meaning</th>
          <th scope="col">RFC 6455</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, value, means, section }) => (
          <tr
            key={name}
            class={name === lit ? 'fi-lit' : undefined}
            onMouseEnter={() => onLight(name)}
            onFocusIn={() => onLight(name)}
          >
            <th scope="row">{name}</th>
            <td class="fi-value">{value}</td>
            <td>{means}</td>
            <td>
              <SectionLink section={section} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

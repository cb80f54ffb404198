/** Shows the figures of several traces in one table: a row for each figure, a column for each trace. */
import type { ComparisonRow } from './comparison.ts';

interface Props {
  names: readonly string[];
  rows: readonly ComparisonRow[];
}

export function ComparisonTable({ names, rows }: Props) {
  return (
    // Five columns do not fit on a phone: the table scrolls by itself, also with the keyboard.
    <div class="cmp-scroll" role="region" aria-label="Figures compared" tabIndex={0}>
      <table class="cmp">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, note, values }) => (
            <tr key={name}>
              <th scope="row">
                {name}
                <small>{note}</small>
              </th>
              {values.map((value, i) => (
                <td key={names[i]}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

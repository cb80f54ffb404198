/**
 * The heads of a table as custom properties, `--h1` and so on, which `stacked-table.css` writes before the cells on a narrow screen.
 * None for two columns: what stands below a name needs no head to be told apart.
 */
export function headProperties(heads: readonly string[]): string | undefined {
  if (heads.length < 3) return undefined;
  return heads.map((head, i) => `--h${i + 1}:${JSON.stringify(head)}`).join(';');
}

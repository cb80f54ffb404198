/**
 * Returns a table's heads as custom properties, `--h1` and so on, which `stacked-table.css` writes before the cells on a narrow
 * screen. Returns undefined for two columns: the one cell below a name needs no head to tell it apart.
 */
export function headProperties(heads: readonly string[]): string | undefined {
  if (heads.length < 3) return undefined;
  return heads.map((head, i) => `--h${i + 1}:${JSON.stringify(head)}`).join(';');
}

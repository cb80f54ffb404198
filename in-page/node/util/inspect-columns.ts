/** Node's columns for lists of more than six short items (`groupArrayElements` in its `lib/internal/util/inspect.js`). */

/** Items that are longer have to be of much the same length. */
const longestItem = 6;
const mostColumns = 15;
/** How much wider than high a list may be. */
const approxCharHeights = 2.5;
const separator = 2;

/** What decides how wide the columns may be. */
interface Room {
  breakLength: number;
  indentation: number;
  compact: number;
  mostItems: number;
  /** True for a list of numbers alone: they stand at the right of their columns. */
  isNumeric: boolean;
}

/** Returns the items in rows of columns, or as they are where columns do not suit them. */
export function groupInColumns(output: readonly string[], room: Room): readonly string[] {
  // A last item that says how many more there are stands on a line of its own.
  const count = output.length > room.mostItems ? output.length - 1 : output.length;
  const lengths = output.slice(0, count).map((item) => item.length);
  const total = lengths.reduce((sum, length) => sum + length + separator, 0);
  const longest = Math.max(...lengths);
  const width = longest + separator;
  const isAlike = total / width > 5 || longest <= longestItem;
  if (width * 3 + room.indentation >= room.breakLength || !isAlike) return output;
  const biased = Math.max(width - 3 - Math.sqrt(width - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(approxCharHeights * biased * count) / biased),
    Math.floor((room.breakLength - room.indentation) / width),
    room.compact * 4,
    mostColumns,
  );
  if (columns <= 1) return output;
  return [...rowsOf(output.slice(0, count), columns, room.isNumeric), ...output.slice(count)];
}

function rowsOf(items: readonly string[], columns: number, isNumeric: boolean): string[] {
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...items.filter((_, at) => at % columns === column).map((item) => item.length + separator)),
  );
  const rows: string[] = [];
  for (let from = 0; from < items.length; from += columns) {
    const row = items.slice(from, from + columns).map((item, column, { length }) => {
      const width = widths[column] ?? 0;
      if (column === length - 1) return isNumeric ? item.padStart(width - separator) : item;
      return isNumeric ? `${item}, `.padStart(width) : `${item}, `.padEnd(width);
    });
    rows.push(row.join(''));
  }
  return rows;
}

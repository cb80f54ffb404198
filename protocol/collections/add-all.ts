/** Adds any number of items to a list: passing a hundred thousand of them as arguments to `push` overflows the stack. */
export function addAll<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

/** Adds items to a list, however many: as arguments of `push`, a hundred thousand of them overflow the stack. */
export function addAll<Item>(list: Item[], items: readonly Item[]): void {
  for (const item of items) list.push(item);
}

/**
 * A first-in, first-out queue in constant time: an array's `shift` moves everything behind it, which is too slow for a long one.
 */
export class Fifo<Item> {
  #items: (Item | undefined)[] = [];
  /** Index of the first item; everything before it has been taken. */
  #head = 0;

  /** Returns the item that is taken next. */
  get first(): Item | undefined {
    return this.#items[this.#head];
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  take(): Item | undefined {
    if (this.#head === this.#items.length) return undefined;
    const item = this.#items[this.#head];
    // Clear the slot: otherwise the item stays in memory until the array shrinks.
    this.#items[this.#head++] = undefined;
    // Shrink only when half the slots are taken: each item is then moved once on average.
    if (this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  takeAll(): Item[] {
    const items = this.#items.slice(this.#head) as Item[];
    this.#items = [];
    this.#head = 0;
    return items;
  }
}

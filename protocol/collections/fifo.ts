/** First in, first out, in constant time: an array's `shift` moves all that is behind, which a long one cannot afford. */
export class Fifo<Item> {
  #items: (Item | undefined)[] = [];
  /** Where the first item is: before it all were taken. */
  #head = 0;

  /** The one that is taken next. */
  get first(): Item | undefined {
    return this.#items[this.#head];
  }

  add(item: Item): void {
    this.#items.push(item);
  }

  take(): Item | undefined {
    if (this.#head === this.#items.length) return undefined;
    const item = this.#items[this.#head];
    // Otherwise its memory would be held until the room is given back.
    this.#items[this.#head++] = undefined;
    // Half of the room is moved for as many that were taken: once for each, on average.
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

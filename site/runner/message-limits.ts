/** How much a client's Worker may send the page. The Worker keeps to it, but the page checks. */

/** Lengths in characters. */
export const messageLimits = {
  /** A line of the console, or a note. */
  text: 4_200,
  /** An address, as the reader wrote it. */
  address: 2_000,
  /** An error's name. */
  name: 100,
  /** An error's message. */
  message: 2_000,
  /** Any other text of an event: a method, a reason, an event's type or id. */
  field: 500,
  itemsPerBatch: 100,
  /** All texts of a batch together. */
  charactersPerBatch: 16_000,
  /** Batches that the page has not answered yet. */
  unansweredBatches: 4,
};

/** Returns the text, or its beginning and an ellipsis if it is longer than `length`. */
export const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

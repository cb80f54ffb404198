/** How much a client's Worker may send the page. The Worker keeps to it, and the page believes nobody that it is kept. */

/** Lengths in characters. */
export const messageLimits = {
  /** Of a line of the console, and of a note. */
  text: 4_200,
  /** Of an address, as the reader wrote it. */
  address: 2_000,
  /** Of an error's name. */
  name: 100,
  /** Of an error's message. */
  message: 2_000,
  /** Of anything else in an event: a method, a reason, the type of an event, its id. */
  field: 500,
  itemsPerBatch: 100,
  /** Of all texts of a batch. */
  charactersPerBatch: 16_000,
  /** Batches that the page has not answered. */
  unansweredBatches: 4,
};

/** The text, or its beginning and an ellipsis where it is longer than so many characters. */
export const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

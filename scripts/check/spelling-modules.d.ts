/** The parts we use of two packages that come without types. */
declare module 'nspell' {
  interface Speller {
    correct(word: string): boolean;
    suggest(word: string): string[];
    add(word: string): this;
  }
  export default function nspell(dictionary: { aff: Uint8Array; dic: Uint8Array }): Speller;
}
declare module 'dictionary-en-gb' {
  const dictionary: { aff: Uint8Array; dic: Uint8Array };
  export default dictionary;
}

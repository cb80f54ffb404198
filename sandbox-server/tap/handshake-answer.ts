const endOfHead = '\r\n\r\n';

/** Parts the answer to an opening handshake from the frames behind it, in what the server writes. */
export class HandshakeAnswer {
  /** The part written so far; undefined once the answer is whole. */
  #begun: Buffer | undefined = Buffer.alloc(0);

  /**
   * Takes a piece that the server wrote. Returns the answer with the piece that completes it, and the frames in the piece. A
   * refusal is all answer, with its body.
   */
  take(chunk: Buffer): { answer?: Buffer; frames: Buffer } {
    if (!this.#begun) return { frames: chunk };
    const written = Buffer.concat([this.#begun, chunk]);
    const end = written.indexOf(endOfHead);
    if (end < 0) {
      this.#begun = written;
      return { frames: Buffer.alloc(0) };
    }
    this.#begun = undefined;
    const accepts = written.subarray(0, 13).equals(Buffer.from('HTTP/1.1 101 '));
    const answer = accepts ? written.subarray(0, end + endOfHead.length) : written;
    return { answer, frames: written.subarray(answer.length) };
  }
}

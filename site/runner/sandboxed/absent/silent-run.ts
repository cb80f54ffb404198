/** What the reader is told once a program does nothing more and nothing of it could be seen. Timers may still be pending. */
export const silentRun =
  'The program has printed nothing and opened no connection so far. Print with console.log; connect with new WebSocket(address).';

/** Prints on the console what a program did that belongs there. */
import type { ProgramError, WorkerItem } from '../../../protocol/messages/runner-messages.ts';
import { type ConsoleLog, errorText } from '../console-log.ts';

const linesLeftOut = (count: number): string =>
  `${count === 1 ? '1 line' : `${count} lines`} left out: the program printed more than the page can show.`;

export interface Printing {
  log: ConsoleLog;
  /** The program's file, for error messages. */
  file: string;
  /** Whose it is: a client's letter, or `server`. */
  program: string;
  onError: (error: ProgramError) => void;
}

export function printItem(item: WorkerItem, { log, file, program, onError }: Printing): void {
  switch (item.type) {
    case 'console':
      return log.add(item.level, item.text, program);
    case 'note':
      return log.add('note', item.text, program);
    case 'omitted':
      return log.add('note', linesLeftOut(item.count), program);
    case 'clear':
      return log.clear();
    case 'error':
      log.add('error', errorText(file, item), program);
      return onError(item);
  }
}

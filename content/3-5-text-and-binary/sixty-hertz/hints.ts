import type { Hints } from '../../../protocol/messages/exercise.ts';

export default [
  'Two things are to change: `hertz`, and what `message` returns. The rest follows from them.',
  'Three numbers of four bytes each are 12: `new ArrayBuffer(12)`, with a `DataView` over it to write through.',
  '`setUint32(0, tick)`, `setFloat32(4, x)`, `setFloat32(8, y)`: without a last argument a `DataView` writes in network byte order, which the check expects. Return `view.buffer`.',
] satisfies Hints;

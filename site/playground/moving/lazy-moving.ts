/** What recognises programs, fetched when changed code is run or something is pasted: lessons that are only read never load it. */
export { MoveButton } from './MoveButton.tsx';
export { moveServer } from './move-server.ts';
export { recognition } from './remarks.ts';

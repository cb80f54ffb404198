/** Everything that a run needs, fetched when one seems near: a page that is only read never loads it. */
export { createRunner } from '../../runner/runner.ts';
export { Run } from './run.ts';
export { SessionPool as Sessions } from '../session/session-pool.ts';

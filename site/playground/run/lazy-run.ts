/** All that a run takes, fetched when one seems near: the page that is only read does without. */
export { createRunner } from '../../runner/runner.ts';
export { Run } from './run.ts';
export { SessionPool as Sessions } from '../session/session-pool.ts';

/** Everything that a run in this page needs, fetched when one seems near. */
export { InPageRunner } from '../../runner/in-page-runner.ts';
export { InPageRun } from './in-page-run.ts';

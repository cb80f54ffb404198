/** `npm run check`: formatter, linter, import rules, spelling, commit subjects, types. */
import { checks } from './checks.ts';
import { runSteps } from '../steps.ts';

const failed = await runSteps(checks({ cached: false }));
if (failed.length > 0) console.error(`npm run check failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

'use strict';
/**
 * Everything that runs inside the sandboxed frame of a run in the page, as one script: the frame runs it, and passes its own text
 * to the Workers. It reaches no network at all. Strict, as the script of the live network is.
 */
import '../faults.ts';
import { confine } from '../confine.ts';
import { startInPageFrame } from './in-page-frame.ts';
import { startInPageWorker } from './in-page-worker.ts';

if (typeof document === 'undefined') startInPageWorker();
else if (confine('nothing')) startInPageFrame(document.currentScript?.textContent ?? '');

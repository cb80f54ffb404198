'use strict';
/**
 * Everything that runs inside the sandboxed frame, as one script: the frame runs it, and gives its own text to the Workers.
 * It may fetch nothing, so there is nowhere else that they could have it from. Strict, so that a function of the reader's that is
 * called from it learns nothing of its caller.
 */
import './faults.ts';
import { confine } from './confine.ts';
import { startFrame } from './frame.ts';
import { startWorker } from './worker.ts';

if (typeof document === 'undefined') startWorker();
else if (confine()) startFrame(document.currentScript?.textContent ?? '');

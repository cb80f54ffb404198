'use strict';
/**
 * Everything that runs inside the sandboxed frame, as one script. The frame runs it and passes its own text to the Workers, which
 * could get it nowhere else because the frame may fetch nothing. Strict, so that a function of the reader's called from here
 * learns nothing about its caller.
 */
import './faults.ts';
import { confine } from './confine.ts';
import { startFrame } from './frame.ts';
import { startWorker } from './worker.ts';

if (typeof document === 'undefined') startWorker();
else if (confine('server')) startFrame(document.currentScript?.textContent ?? '');

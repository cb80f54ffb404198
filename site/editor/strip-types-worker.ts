/** The Worker that strips types: it takes a program and returns its JavaScript. */
import { stripTypes } from './strip-types.ts';

addEventListener('message', ({ data }: MessageEvent<string>) => postMessage(stripTypes(data)));

/** The Worker in which types are stripped: a program comes in, its JavaScript goes out. */
import { stripTypes } from './strip-types.ts';

addEventListener('message', ({ data }: MessageEvent<string>) => postMessage(stripTypes(data)));

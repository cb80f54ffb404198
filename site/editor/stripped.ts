/** The result of stripping a program's types. */
import type { CodeError } from './editor.ts';

/** The JavaScript, or why there is none. */
export type Stripped = { code: string } | CodeError;

/** The message for a program that cannot be read, or not in time. */
export const tooDeep = 'Its brackets nest too deeply to be read';

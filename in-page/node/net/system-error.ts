/** Errors of the operating system as Node tells them. */

export interface SystemError extends Error {
  code: string;
  syscall: string;
  errno: number;
  address?: string;
  port?: number;
  hostname?: string;
}

/** Numbers of the errors on Linux, and of the resolver. */
const numbers = { EADDRINUSE: -98, ECONNREFUSED: -111, ENOTFOUND: -3008, EPROTO: -71 } as const;

/** Returns an error with the fields that Node gives it. */
export function systemError(
  message: string,
  code: keyof typeof numbers,
  syscall: string,
  more: { address?: string; port?: number; hostname?: string } = {},
): SystemError {
  return Object.assign(new Error(message), { errno: numbers[code], code, syscall, ...more });
}

/** Returns an error that has a `code` of Node's own, such as `ERR_STREAM_WRITE_AFTER_END`. */
export function codedError(message: string, code: string): Error & { code: string } {
  return Object.assign(new Error(message), { code });
}

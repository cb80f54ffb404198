/** Returns an error as Express's own parts throw them: with the status that the default page answers with. */
export function httpError(status: number, message: string, name: string): Error & { status: number; statusCode: number } {
  const error = Object.assign(new Error(message), { expose: status < 500, status, statusCode: status });
  error.name = name;
  return error;
}

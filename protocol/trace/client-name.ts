/** Returns the client that owns a connection, from the connection's name: `A1` is client A's first. */
export const clientNameOf = (connection: string): string => connection.replace(/\d+$/, '');

/**
 * Returns true for the name that owns the second connections of `/raw`: `rawA` on the live network; in the page, where the sandbox's
 * server is a program of the run, `server`.
 */
export const isRawClient = (client: string): boolean => client.startsWith('raw') || client === 'server';

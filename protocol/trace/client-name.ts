/** Returns the client that owns a connection, from the connection's name: `A1` is client A's first. */
export const clientNameOf = (connection: string): string => connection.replace(/\d+$/, '');

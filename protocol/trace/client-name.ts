/** The client that a connection belongs to, by the connection's name: `A1` is client A's first. */
export const clientNameOf = (connection: string): string => connection.replace(/\d+$/, '');

/** What the hash of an address begins with that has programs in it (share.ts). */
export const sharedPrefix = '#code=';

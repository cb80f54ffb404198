/** Versions of packages as `package.json` has them, for programs that readers take with them. A test compares the two. */
export const packageVersions = { ws: '8.23.0' };

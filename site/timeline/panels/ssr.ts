/** The parts that only the server writes; undefined in the browser, which must not fetch what it will never use. */
export const server = import.meta.env.SSR ? await import('./StaticPictures.tsx') : undefined;

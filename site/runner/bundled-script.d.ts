/** See site/vite/bundled-script.ts. */
declare module '*?bundled-script' {
  const source: string;
  export default source;
}

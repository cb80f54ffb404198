/** See site/vite/runner-frame.ts. */
declare module '*?runner-frame' {
  const address: string;
  export default address;
}

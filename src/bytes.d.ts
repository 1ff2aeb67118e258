/** A file's bytes as a module (scripts/vite-plugin-bytes.ts): the page may not fetch, so samples travel inside the bundle. */
declare module '*?bytes' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

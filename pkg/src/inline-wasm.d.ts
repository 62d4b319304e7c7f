/** The wasm, compressed (raw DEFLATE) and in base64. build.mjs writes it. */
declare module "#inline-wasm" {
  const compressed: string;
  export default compressed;
}

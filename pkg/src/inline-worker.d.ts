/** The script of a pool's workers, as a text. build.mjs writes it. */
declare module "#inline-worker" {
  const script: string;
  export default script;
}

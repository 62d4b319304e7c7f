/** The worker as one classic script; see build/worker-source.ts. */
declare module "virtual:worker-source" {
  const source: string;
  export default source;
}

/** The worker for what follows a press, as one classic script; see build/worker-source.ts. */
declare module "virtual:late-worker-source" {
  const source: string;
  export default source;
}

/** The part of jitp that draws the picture of a plan, by itself; see build/apart.ts. */
declare module "virtual:picture" {
  export { pictureSentences, planPicture } from "jitp";
}

/** The part of jitp that reads the rows of fleets, by itself; see build/apart.ts. */
declare module "virtual:fleet-rows" {
  export { readFleetRows } from "jitp";
}

/** The worker that searches texts, as one classic script; see build/worker-source.ts. */
declare module "virtual:finder-source" {
  const source: string;
  export default source;
}

/** The source of every rule by its code; see build/rules-page.ts. */
declare module "virtual:rule-sources" {
  const sources: Record<string, string>;
  export default sources;
}

/** The explanation of every rule by its code; see build/rules-page.ts. */
declare module "virtual:rule-words" {
  const words: Record<string, string>;
  export default words;
}

/** The codes of the rules about a device's certificate and its CA; see build/rules-page.ts. */
declare module "virtual:certificate-rules" {
  const codes: string[];
  export default codes;
}

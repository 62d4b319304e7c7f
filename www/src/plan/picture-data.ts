/** The part of jitp that draws the picture of a plan. It is built by itself (build/apart.ts) and imported as `virtual:picture`. */

export { pictureSentences, planPicture } from "jitp";

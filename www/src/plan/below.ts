/** What is shown below the verdict and the steps, and the details of a step. It is loaded after the first paint. */

export { accessPart, minutePart } from "./access.ts";
export { stepDetails } from "./step-details.ts";
export { lookAtPart, notesPart, parametersPart, policiesPart, preconditionsPart, rolePart, thingPart } from "./parts.ts";
export { picturePart } from "./picture.ts";

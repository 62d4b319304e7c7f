/** The part of jitp that reads the rows of fleets, by itself; see build/apart.ts. */

export { readFleetRows } from "jitp";

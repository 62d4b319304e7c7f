/** The plans of all the certificates, in short. */

import type { AccountState, FleetLine } from "jitp";

/** One entry with its plan in short. */
export interface FleetEntry extends FleetLine {
  key: number;
  /** Its position in its file, from 1. */
  entry: number;
}

/** The rows so far. */
export interface FleetState {
  lines: FleetEntry[];
  /** The number of rows in the end. */
  total: number;
  /** The account after all of them, in their order; only if one was given. */
  after?: AccountState;
}

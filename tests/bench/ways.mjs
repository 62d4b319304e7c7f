// The ways to the rows of a fleet, by name: the package's, and the hand-written JavaScript. Each is given chunks and shows every row to `see`; the one
// call takes the whole, which `whole` gives, instead.
import * as jitp from "jitp";
import * as hand from "./handjs.mjs";
import { now } from "./stream.mjs";
import { config } from "./template.mjs";

const options = { now, region: "eu-west-1" };

export const HAND = "hand-written JavaScript, rows";
export const ONE_CALL = "jitp, rows in one call";
/** The stream in one thread, with SHA-256 in the wasm. */
export const ONE_THREAD = "jitp, rows of a stream";
/** The same with the host's SHA-256. */
export const HOST = "jitp, rows of a stream, the host's SHA-256";
/** The stream in two workers. */
export const POOL = "jitp, rows of two workers";

/** The ways that take a fleet of any size. */
export const ANY_SIZE = [ONE_THREAD, POOL, HAND];

function byHand() {
  const compiled = hand.compile(config);
  const moment = hand.moment(new Date(now));
  return (pieces, see) => {
    const { push } = hand.reader(compiled, moment);
    for (const piece of pieces) for (const row of push(piece)) see(row);
  };
}

/** Every row of a stream becomes an object, as the hand-written JavaScript's rows are. */
async function opened(stream, see) {
  for await (const batch of stream) for (const row of batch) see(row);
  await stream.summary;
}

/** All ways of this build, and what ends them. */
export function ways(whole) {
  const template = new jitp.Template(config);
  const pool = jitp.createPool({ workers: 2 });
  const found = {
    [ONE_CALL]: (_, see) => {
      for (const row of template.dryRunFleet(whole(), options).rows) see(row);
    },
    [HAND]: byHand(),
    [ONE_THREAD]: (pieces, see) => opened(jitp.dryRunFleet(template, pieces, options), see),
    [POOL]: (pieces, see) => opened(pool.dryRunFleet(template, pieces, options), see),
  };
  return { found, end: () => pool.terminate() };
}

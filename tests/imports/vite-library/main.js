import init, { dryRun } from "jitp";

/** A library's own function, around the package. */
export async function plan(template, certificate, options) {
  await init();
  return dryRun(template, certificate, options);
}

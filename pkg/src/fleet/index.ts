import type { Template } from "../api.js";
import type { FleetCallOptions, FleetChunks, FleetStream, TemplateSource } from "../types.js";
import { called, OwnWork } from "./call.js";
import { Source } from "./chunks.js";
import { RowStream } from "./stream.js";

/**
 * Checks the certificates of a fleet of any size, as they come, and gives their rows as they are known: {@link Template.dryRunFleet} for a
 * fleet that is too large for one call. The memory does not grow with the fleet, except for some 150 bytes a row, by which repeated
 * certificates and things are found.
 *
 * Iterate over the answer for batches of rows, or await its `summary`. The rows are those that {@link Template.dryRunFleet} gives for the
 * chunks put together: a chunk may end anywhere.
 *
 * @param source the template: anything that {@link Template} reads, or a `Template` itself, which must not be freed before the end
 * @param chunks the certificates: PEM with anything around it, or DER; in lists each by itself
 * @param options those of {@link Template.dryRunFleet}, except `issuers`; the CA; a signal to cancel, and a function that is told of progress
 * @throws TypeError if the call itself is wrong. If a chunk is, the iteration and the summary reject with it
 *
 * @example
 * import { dryRunFleet } from "jitp";
 * const certificates = ["-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTI", "FICATE-----\n"];
 * const fleet = dryRunFleet("{}", certificates, { region: "eu-west-1", now: "2026-11-23T12:00:00Z" });
 * for await (const rows of fleet) for (const { index, verdict, cause } of rows) console.log(index, verdict, cause);
 * const { counts, byCode } = await fleet.summary;
 * console.log(counts.fails, byCode);
 */
export function dryRunFleet(source: TemplateSource | Template, chunks: FleetChunks, options?: FleetCallOptions): FleetStream {
  const call = called(source, options);
  return new RowStream(call.template, new OwnWork(call, new Source(chunks)), call.given);
}

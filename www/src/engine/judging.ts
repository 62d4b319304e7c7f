/** Fleets as streams of the package, in the worker: the page gives certificates and gets their rows, as the package's bytes. */

import { dryRunFleet, type FleetRows, type FleetStream } from "jitp";
import type { Calls } from "../model/protocol.ts";
import { heldTo } from "./issuers.ts";
import { prepare } from "./templates.ts";

/** Fleets that may be under way at a time. The oldest is left if there are more: its page has crashed, or has too many playgrounds. */
const MOST = 8;

/** A fleet that is under way. */
interface Fleet {
  give(pems: readonly string[]): void;
  end(): void;
  stream: FleetStream;
  rows: AsyncIterator<FleetRows, undefined>;
}

const fleets = new Map<number, Fleet>();

/** The rows of some certificates, which follow those of the calls before; nothing if the fleet is not known, because the worker was replaced. */
export async function judge(request: Calls["judge"]["request"]): Promise<Calls["judge"]["result"]> {
  const { fleet, begin, pems, isLast } = request;
  if (begin) open(fleet, begin);
  const opened = fleets.get(fleet);
  if (!opened) return undefined;
  const { give, end, stream, rows } = opened;
  if (pems.length > 0) give(pems);
  // Each list is one batch. The reads are in the order of the calls, also if the CA's checks take time.
  const batch = pems.length > 0 ? rows.next() : undefined;
  if (isLast) end();
  const bytes = (await batch)?.value?.bytes ?? new Uint8Array();
  if (!isLast) return { rows: bytes };
  // A fleet without a certificate has a row that says so, which no entry asked for.
  while ((await rows.next()).done !== true);
  fleets.delete(fleet);
  const { after } = await stream.summary;
  return { rows: bytes, ...(after && { after }) };
}

/** Leaves a fleet whose rows nobody waits for any more. */
export async function leave({ fleet }: Calls["leave"]["request"]): Promise<undefined> {
  const opened = fleets.get(fleet);
  fleets.delete(fleet);
  opened?.end();
  await opened?.rows.return?.();
}

function open(fleet: number, request: NonNullable<Calls["judge"]["request"]["begin"]>): void {
  const { run } = prepare(request);
  const { source, bytes, options } = request;
  const { flow } = options;
  const ca = flow === "jitp" ? heldTo(request)(request.authorities) : undefined;
  const waiting: (readonly string[])[] = [];
  let isEnded = false;
  let wake = () => {};
  async function* given(): AsyncGenerator<readonly string[], void, undefined> {
    while (true) {
      const next = waiting.shift();
      if (next) yield next;
      else if (isEnded) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  // It compiles the template for itself, because another call may need the place of the one that is kept.
  const stream = dryRunFleet(bytes ?? source, given(), { flow, ...run, ...(ca !== undefined && { ca }) });
  fleets.set(fleet, {
    give(pems) {
      waiting.push(pems);
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    stream,
    rows: stream[Symbol.asyncIterator](),
  });
  const [oldest] = fleets.keys();
  if (fleets.size > MOST && oldest !== undefined) void leave({ fleet: oldest });
}

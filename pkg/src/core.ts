/**
 * The core's functions, each on an instance that works: a call that traps (memory that does not suffice, a fault of jitp) leaves an instance
 * in which nothing can be relied on, so it is dropped and the next call has a fresh one.
 */
import * as glue from "#glue";

/** How many instances have been dropped. What lives in the memory of one is gone with it. */
let dropped = 0;
/** Whether the instance has answered before: its memory may be full of what that took. */
let used = false;
/** Whether the instance must not be used any more, and no other could be made yet. */
let broken = false;

/** The number of the instance that answers now. */
export function instance(): number {
  return dropped;
}

function renew(): void {
  broken = true;
  glue.__wbg_reset_state();
  broken = false;
  used = false;
  dropped += 1;
}

/** Runs a call; one that traps on an instance that was in use is tried once more, on a fresh one. */
export function run<T>(call: () => T): T {
  if (broken) renew();
  try {
    return attempt(call);
  } catch (error) {
    const again = used;
    renew();
    if (!again) throw stopped(error);
  }
  try {
    return attempt(call);
  } catch (error) {
    renew();
    throw stopped(error);
  }
}

function attempt<T>(call: () => T): T {
  const result = call();
  used = true;
  return result;
}

function stopped(cause: unknown): Error {
  return new Error("jitp: the input needs more memory than WebAssembly has, or met a fault of jitp; further calls are not affected", {
    cause,
  });
}

/** The functions by their names in the glue. */
export const core = {
  validate: (source: Uint8Array, options: string) => run(() => glue.validate(source, options)),
  stringify: (source: Uint8Array, options: string) => run(() => glue.stringify(source, options)),
  unstringify: (source: Uint8Array) => run(() => glue.unstringify(source)),
  redactPrivateKeys: (text: string) => run(() => glue.redactPrivateKeys(text)),
  readCertificates: (bundle: Uint8Array, options: string) => run(() => glue.readCertificates(bundle, options)),
  signatures: (devices: Uint8Array, authorities: Uint8Array, options: string) => run(() => glue.signatures(devices, authorities, options)),
  chains: (bundle: Uint8Array, options: string) => run(() => glue.chains(bundle, options)),
  issuers: (devices: Uint8Array, ca: Uint8Array, options: string) => run(() => glue.issuers(devices, ca, options)),
  twins: (rows: string) => run(() => glue.twins(rows)),
  registration: (ca: Uint8Array, verification: Uint8Array, options: string) => run(() => glue.registration(ca, verification, options)),
  sample: (source: Uint8Array, options: string) => run(() => glue.sample(source, options)),
  mint: (options: string) => run(() => glue.mint(options)),
};

/** Where a plan has maps: they cross as `Map`s, since the key `__proto__` gets lost in an object that is filled member by member. */
interface PlanWithMaps {
  thing?: { attributes: unknown; overrides: unknown };
  steps: { request: { attributePayload?: { attributes: unknown } } }[];
}

function withObjects(plan: PlanWithMaps): unknown {
  const { thing, steps } = plan;
  if (thing) {
    thing.attributes = object(thing.attributes);
    thing.overrides = object(thing.overrides);
  }
  for (const { request } of steps) {
    const payload = request.attributePayload;
    if (payload) payload.attributes = object(payload.attributes);
  }
  return plan;
}

/** Defines the members, so that none is special. */
function object(map: unknown): unknown {
  return Object.fromEntries(map as Map<string, string>);
}

/** A template in the memory of the instance. One that was dropped with its instance is made again from what it was made of. */
export class CompiledTemplate {
  readonly #source: Uint8Array;
  readonly #options: string;
  #inner: glue.Template | undefined;
  #instance = -1;

  constructor(source: Uint8Array, options: string) {
    this.#source = source;
    this.#options = options;
    run(() => this.#live());
  }

  #live(): glue.Template {
    if (this.#inner === undefined || this.#instance !== instance()) {
      this.#inner = new glue.Template(this.#source, this.#options);
      this.#instance = instance();
    }
    return this.#inner;
  }

  report(): unknown {
    return run(() => this.#live().report());
  }

  dryRun(certificate: Uint8Array, options: string): unknown {
    return withObjects(run(() => this.#live().dryRun(certificate, options)) as PlanWithMaps);
  }

  dryRunFleet(...given: Parameters<glue.Template["dryRunFleet"]>): unknown {
    return run(() => this.#live().dryRunFleet(...given));
  }

  /** Gives its memory back. */
  free(): void {
    const inner = this.#instance === instance() && !broken ? this.#inner : undefined;
    this.#inner = undefined;
    try {
      inner?.free();
    } catch {
      renew();
    }
  }
}

/** The core's functions, each on an instance that works. */
import * as glue from "#glue";
import { checksOf } from "./checks.js";
import { run } from "./instance.js";
import { Kept } from "./kept.js";
import { listOf } from "./list.js";
import { Records } from "./records.js";
import { planOf } from "./tape.js";
import type { IssuerCheck } from "./types.js";

/** In bytes: what of a fleet is judged at a time. */
const AT_ONCE = 1 << 20;

/** The functions by their names in the glue. */
export const core = {
  validate: (source: Uint8Array, options: object) => run(() => glue.validate(source, options)),
  stringify: (source: Uint8Array, options: object) => run(() => glue.stringify(source, options)),
  unstringify: (source: Uint8Array) => run(() => glue.unstringify(source)),
  redactPrivateKeys: (text: string) => run(() => glue.redactPrivateKeys(text)),
  readCertificates: (bundle: Uint8Array, options: object) => run(() => glue.readCertificates(bundle, options)),
  listCertificates: (bundle: Uint8Array) => listOf(run(() => glue.listCertificates(bundle))),
  signatures: (devices: Uint8Array, authorities: Uint8Array, options: object) => run(() => glue.signatures(devices, authorities, options)),
  chains: (bundle: Uint8Array, options: object) => run(() => glue.chains(bundle, options)),
  readAccount: (names: readonly string[], texts: readonly string[]) => {
    const report = run(() => glue.readAccount(names, texts)) as { account: unknown };
    return { ...report, account: objects(report.account) };
  },
  twins: (rows: readonly unknown[]) => run(() => glue.twins(rows)),
  registration: (ca: Uint8Array, verification: Uint8Array, options: object) => run(() => glue.registration(ca, verification, options)),
  sample: (source: Uint8Array, options: object) => run(() => glue.sample(source, options)),
  mint: (options: object) => run(() => glue.mint(options)),
};

/** A value with an object for each map in it. They cross as `Map`s, because an object that is filled member by member loses the key `__proto__`. */
export function objects(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, objects(member)]));
  if (Array.isArray(value)) return value.map(objects);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, objects(member)]));
}

/** The options of a dry run: those that cross as an object, and the checks of the CA, which are in the core's memory. */
export interface RunOptions {
  options: object;
  checks: readonly IssuerCheck[] | undefined;
}

/** A template in the memory of the instance. */
export class CompiledTemplate {
  readonly #kept: Kept<glue.Template>;

  /** What it was made of: the same on another thread is made of the same. */
  readonly given: { source: Uint8Array; options: object };

  constructor(source: Uint8Array, options: object) {
    this.given = { source, options };
    this.#kept = new Kept(() => new glue.Template(source, options), source.length);
  }

  /** The template on the instance of now. To be used within {@link run}. */
  live(): glue.Template {
    return this.#kept.live();
  }

  report(): unknown {
    return run(() => this.#kept.live().report());
  }

  /** For the bytes of a certificate, or of the text of a subject. */
  dryRun({ bytes, isSubject }: { bytes: Uint8Array; isSubject: boolean }, { options, checks }: RunOptions): unknown {
    const given = isSubject ? { ...options, isSubject } : options;
    return run(() => planOf(this.#kept.live().dryRun(bytes, given, checksOf(checks))));
  }

  /** The rows are decoded here, from the records of one piece after another: as objects of the core they would need far more memory. */
  dryRunFleet(bundle: Uint8Array, { options, checks }: RunOptions): unknown {
    return run(() => {
      const template = this.#kept.live();
      const stream = new glue.FleetStream(template, options, checksOf(checks));
      stream.count(true);
      const rows: unknown[] = [];
      for (let [from, length, isLast] = [0, AT_ONCE, false]; !isLast; ) {
        isLast = from + length >= bundle.length;
        const records = stream.push(template, bundle.subarray(from, from + length), isLast);
        for (const row of new Records(records, rows.length).rows()) rows.push(row);
        const used = stream.used();
        from += used;
        // A block that is longer must be there as a whole.
        length = used === 0 ? 2 * length : AT_ONCE;
      }
      const { counts } = stream.summary() as { counts: unknown };
      const after = objects(stream.account()) as unknown;
      stream.free();
      return { counts, rows, ...(after != null && { after }) };
    });
  }

  /** The same as {@link dryRun} in the account of a run. */
  planIn(run: CompiledRun, { bytes, isSubject }: { bytes: Uint8Array; isSubject: boolean }, { options, checks }: RunOptions): unknown {
    // This is a copy, because callers may write to theirs later.
    const own = bytes.slice();
    const given = isSubject ? { ...options, isSubject } : options;
    return run.change((inner) => planOf(this.#kept.live().planIn(inner, own, given, checksOf(checks))));
  }

  /** The same as {@link dryRunFleet} in the account of a run. */
  rowsIn(run: CompiledRun, bundle: Uint8Array, checks: RunOptions["checks"]): unknown {
    const own = bundle.slice();
    return run.change((inner) => this.#kept.live().rowsIn(inner, own, checksOf(checks)));
  }

  /** The device that it provisions. The device can outlive the template. */
  device(
    { bytes, isSubject }: { bytes: Uint8Array; isSubject: boolean },
    { options, checks }: RunOptions,
    changes: object,
  ): CompiledDevice {
    // This is a copy, because callers may write to theirs later.
    const own = bytes.slice();
    return new CompiledDevice(() => this.#kept.live().device(own, { ...options, ...changes, isSubject }, checksOf(checks)));
  }

  /** Gives its memory back. */
  free(): void {
    this.#kept.free();
  }
}

/**
 * An account that devices change, in the memory of the instance. If the instance was dropped, all calls are made again on a new one: nobody
 * else knows what they have changed.
 */
export class CompiledRun {
  readonly #kept: Kept<glue.Run>;
  readonly #calls: ((run: glue.Run) => unknown)[] = [];

  constructor(options: object) {
    this.#kept = new Kept(() => {
      const made = new glue.Run(options);
      for (const call of this.#calls) call(made);
      return made;
    });
  }

  /** Makes a call that changes the account. It must give the same again. */
  change<Result>(call: (run: glue.Run) => Result): Result {
    const result = run(() => call(this.#kept.live()));
    this.#calls.push(call);
    return result;
  }

  account(): unknown {
    return objects(run(() => this.#kept.live().account()));
  }

  /** Gives its memory back. */
  free(): void {
    this.#calls.length = 0;
    this.#kept.free();
  }
}

/** A request, and how it is made, as it crosses. `verb` and `protocol` are positions in the lists of the core. */
interface Crossing {
  request: { verb: number; on: string; action: string; retain: boolean };
  how: { clientId: string | undefined; protocol: number; more: object | undefined };
}

/** About what a device is made from, in bytes: its policies most of all. */
const DEVICE = 8 << 10;

/** A device in the memory of the instance. */
export class CompiledDevice {
  readonly #kept: Kept<glue.Device>;

  constructor(make: () => glue.Device) {
    this.#kept = new Kept(make, DEVICE);
  }

  /** A device that is described without a template. */
  static described(certificate: Uint8Array | undefined, options: object): CompiledDevice {
    const own = certificate?.slice();
    return new CompiledDevice(() => new glue.Device(own, options));
  }

  can({ verb, on, action, retain }: Crossing["request"], { clientId, protocol, more }: Crossing["how"]): unknown {
    // Plain values, because one answer needs less time than an object as JSON.
    return run(() => this.#kept.live().can(verb, on, action, retain, clientId, protocol, more));
  }

  canByPolicy({ verb, on, action, retain }: Crossing["request"], { clientId, protocol, more }: Crossing["how"]): unknown {
    return run(() => this.#kept.live().canByPolicy(verb, on, action, retain, clientId, protocol, more));
  }

  simulate(requests: readonly Crossing["request"][], { clientId, protocol, more }: Crossing["how"]): unknown {
    return run(() => this.#kept.live().simulate(requests, clientId, protocol, more));
  }

  /** Gives its memory back. */
  free(): void {
    this.#kept.free();
  }
}

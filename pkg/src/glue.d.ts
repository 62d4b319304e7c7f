/** The module that wasm-bindgen makes of crate/src/wasm. build.mjs resolves `#glue` to it. */
declare module "#glue" {
  export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;
  export default function init(options?: { module_or_path: InitInput | Promise<InitInput> }): Promise<unknown>;
  export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
  /** Drops the instance and makes another. Everything that lives in the old one is gone. */
  export function __wbg_reset_state(): void;
  /** The module that was instantiated; build.mjs adds this to the glue. */
  export function compiledModule(): WebAssembly.Module;
  export function validate(source: Uint8Array, options: object): unknown;
  export function stringify(source: Uint8Array, options: object): unknown;
  export function redactPrivateKeys(text: string): unknown;
  export function unstringify(source: Uint8Array): unknown;
  export function readCertificates(bundle: Uint8Array, options: object): unknown;
  export function listCertificates(bundle: Uint8Array): Uint32Array;
  export function signatures(devices: Uint8Array, authorities: Uint8Array, options: object): unknown;
  export function chains(bundle: Uint8Array, options: object): unknown;
  export function readAccount(names: readonly string[], texts: readonly string[]): unknown;
  export function twins(words: readonly unknown[]): unknown;
  export function registration(ca: Uint8Array, verification: Uint8Array, options: object): unknown;
  export function sample(source: Uint8Array, options: object): unknown;
  export function mint(options: object): string | undefined;
  export class Checks {
    constructor();
    static verified(devices: Uint8Array, ca: Uint8Array, options: object): Checks;
    shown(): unknown;
    add(others: Checks, place: number): void;
    addWritten(check: object): void;
    free(): void;
  }
  export class Template {
    constructor(source: Uint8Array, options: object);
    report(): unknown;
    /** Uses the checks up: they must not be used again. */
    dryRun(certificate: Uint8Array, options: object, checks: Checks | undefined): Uint32Array;
    /** Uses the checks up, too, as all of these. */
    planIn(run: Run, certificate: Uint8Array, options: object, checks: Checks | undefined): Uint32Array;
    rowsIn(run: Run, bundle: Uint8Array, checks: Checks | undefined): unknown;
    device(certificate: Uint8Array, options: object, checks: Checks | undefined): Device;
    free(): void;
  }
  export class FleetStream {
    /** The template of all calls must be this one. */
    constructor(template: Template, options: object, checks: Checks | undefined);
    /** The checks of the next entries, in their order, in place of any before. */
    expect(checks: Checks): void;
    /** Goes on with a text of which another stream has judged the beginning. */
    goOn(): void;
    /** Adds its rows up from now on, and marks them, as a tally would. */
    count(withRepeats: boolean): void;
    push(template: Template, piece: Uint8Array, isLast: boolean): Uint8Array;
    used(): number;
    each(template: Template, bytes: Uint8Array, lengths: Uint32Array): Uint8Array;
    account(): unknown;
    /** What was added up; null without `count`. */
    summary(): unknown;
    free(): void;
  }
  export class FleetTally {
    constructor(withRepeats: boolean);
    /** Writes the marks into the records. */
    add(records: Uint8Array): void;
    summary(): unknown;
    free(): void;
  }
  export class Run {
    constructor(options: object);
    account(): unknown;
    free(): void;
  }
  export class Device {
    constructor(certificate: Uint8Array | undefined, options: object);
    can(
      verb: number,
      on: string,
      action: string,
      retain: boolean,
      clientId: string | undefined,
      protocol: number,
      more: object | undefined,
    ): unknown;
    canByPolicy(
      verb: number,
      on: string,
      action: string,
      retain: boolean,
      clientId: string | undefined,
      protocol: number,
      more: object | undefined,
    ): unknown;
    simulate(requests: readonly object[], clientId: string | undefined, protocol: number, more: object | undefined): unknown;
    free(): void;
  }
}

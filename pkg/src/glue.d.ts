/** What wasm-bindgen makes of crate/src/wasm.rs; `glue` is resolved to it by build.mjs. */
declare module "#glue" {
  export type InitInput = RequestInfo | URL | Response | BufferSource | WebAssembly.Module;
  export default function init(options?: {
    module_or_path: InitInput | Promise<InitInput>;
  }): Promise<unknown>;
  export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
  export function validate(source: string, ...options: import("./options.js").TemplateArguments): unknown;
  export function stringify(source: string, ...options: import("./options.js").StringifyArguments): unknown;
  export function unstringify(source: string): unknown;
  export function dryRun(
    source: string,
    certificate: Uint8Array,
    flow: number,
    ...options: import("./options.js").DryRunArguments
  ): unknown;
  export function readCertificates(bundle: Uint8Array): unknown;
  export class Template {
    constructor(source: string, ...options: import("./options.js").TemplateArguments);
    report(): unknown;
    dryRun(certificate: Uint8Array, ...options: import("./options.js").DryRunArguments): unknown;
    dryRunFleet(bundle: Uint8Array, ...options: import("./options.js").DryRunArguments): unknown;
    free(): void;
  }
}

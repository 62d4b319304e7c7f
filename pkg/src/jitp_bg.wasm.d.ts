/**
 * The wasm module by its own path, `jitp/jitp_bg.wasm`. What an import of it gives is for the bundler to say: an address, its
 * bytes, or a compiled module. `init` accepts them all.
 */
declare const wasm: string | Uint8Array<ArrayBuffer> | WebAssembly.Module;
export default wasm;

// Whose the bytes of the wasm are: the code of each room of the core and of each crate, by the names that the compiler leaves in the module
// before wasm-bindgen and wasm-opt remove them. An instance of a generic function counts for the crate that defines it.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../target/wasm32-unknown-unknown/release/jitp.wasm", import.meta.url));
const HEADER = 8;
const [CUSTOM, CODE, DATA] = [0, 10, 11];
const FUNCTION_NAMES = 1;

/** Reads LEB128 numbers and texts from bytes. */
class Bytes {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  part() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
  text() {
    return Buffer.from(this.part()).toString("utf8");
  }
  get more() {
    return this.at < this.bytes.length;
  }
}

/** The sections of a module: `[id, content]`. */
function sections(wasm) {
  const found = [];
  const from = new Bytes(wasm.subarray(HEADER));
  while (from.more) {
    const id = from.bytes[from.at++];
    found.push([id, new Bytes(from.part())]);
  }
  return found;
}

/** The names of functions by their index, from the section "name". */
function names(section) {
  const found = new Map();
  while (section.more) {
    const id = section.bytes[section.at++];
    const part = new Bytes(section.part());
    if (id !== FUNCTION_NAMES) continue;
    for (let count = part.number(); count > 0; count--) found.set(part.number(), part.text());
  }
  return found;
}

/** The room of the core, or the crate: the first path in a readable name. `<T as a::Trait>` for any T counts for the trait's crate. */
export function owner(name) {
  const path = /(?:^|[^a-zA-Z0-9_:])([a-z_][a-z0-9_]*)::([a-zA-Z_][a-zA-Z0-9_]*)/.exec(name);
  if (path === null) return "without a name";
  const [, crate, module] = path;
  if (crate !== "jitp") return crate;
  return /^[a-z]/.test(module) ? `jitp ${module}` : "jitp";
}

const ESCAPES = { LT: "<", GT: ">", RF: "&", BP: "*", C: ",", LP: "(", RP: ")" };

/** A name without its mangling, as far as the owner needs it: the older one, `_ZN4jitp4plan3fleet17h…E`, or the newer one, `_RNv…`. */
export function plain(name) {
  if (name.startsWith("_R")) {
    const [, length, rest] = /C(?:s[0-9a-zA-Z]*_)?(\d+)_?(.*)/.exec(name) ?? [];
    return length === undefined ? "" : `${rest.slice(0, Number(length))}::_`;
  }
  if (!name.startsWith("_ZN")) return "";
  const parts = [];
  for (let at = 3; /\d/.test(name[at] ?? ""); ) {
    const [digits] = /^\d+/.exec(name.slice(at));
    at += digits.length;
    parts.push(name.slice(at, at + Number(digits)));
    at += Number(digits);
  }
  return parts
    .map((part) => part.replace(/^_\$/, "$").replaceAll("..", "::"))
    .map((part) => part.replace(/\$u([0-9a-f]{2})\$/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))))
    .map((part) => part.replace(/\$([A-Z]{1,2})\$/g, (all, code) => ESCAPES[code] ?? all))
    .join("::");
}

/** How many functions precede those of the module: the imported ones. */
function imported(section) {
  if (section === undefined) return 0;
  let functions = 0;
  for (let count = section.number(); count > 0; count--) {
    section.part();
    section.part();
    const kind = section.bytes[section.at++];
    if (kind === 0) {
      functions++;
      section.number();
    } else if (kind === 1 || kind === 2) {
      if (kind === 1) section.at++;
      const limits = section.bytes[section.at++];
      section.number();
      if (limits & 1) section.number();
    } else section.at += 2;
  }
  return functions;
}

/**
 * The bytes of code by owner, the largest first, and those of data; nothing if there is no build of this checkout, or one without names.
 */
export function modules(file = BUILT) {
  if (!existsSync(file)) return undefined;
  const all = sections(readFileSync(file));
  const section = (wanted) => all.find(([id]) => id === wanted)?.[1];
  const custom = all.filter(([id]) => id === CUSTOM).map(([, content]) => ({ name: content.text(), content }));
  const named = custom.find(({ name }) => name === "name");
  if (named === undefined) return undefined;
  const called = names(named.content);
  const owners = new Map();
  const code = section(CODE);
  let index = imported(section(2));
  for (let count = code.number(); count > 0; count--, index++) {
    const name = called.get(index) ?? "";
    const { length } = code.part();
    // Descriptions for wasm-bindgen, which removes them.
    if (name.includes("__wbindgen_describe")) continue;
    const who = owner(plain(name));
    owners.set(who, (owners.get(who) ?? 0) + length);
  }
  owners.set("data", section(DATA)?.bytes.length ?? 0);
  return [...owners].map(([name, raw]) => ({ name, raw })).sort((a, b) => b.raw - a.raw);
}

/**
 * The plans of the core. They cross as numbers that say what to build, with the texts that have changed since the plan before:
 * `crate/src/wasm/tape.rs` writes them and says how.
 */

/** The kinds of words, in the lowest four bits. */
const NULL = 0;
const TRUE = 1;
const FALSE = 2;
const SMALL = 3;
const FLOAT = 4;
const TEXT = 5;
const LIST = 6;
const OBJECT = 7;
const KIND_BITS = 4;
const KIND = (1 << KIND_BITS) - 1;

/** The words before those of the plan. */
const HEADER = 5;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** The last text at each position. A new instance of the core sends all of them again. */
let texts: string[] = [];
/** The keys by their numbers. */
const keys: string[] = [];

let words: Uint32Array = new Uint32Array();
let at = 0;
let text = 0;

/**
 * The plan of a message. To be called within the call that makes it: if one fails, the instance is dropped, and a new one begins with its
 * first key and sends every text.
 */
export function planOf(message: Uint32Array): unknown {
  const [count = 0, firstKey = 0, newKeys = 0, changed = 0, forgets] = message;
  keys.length = firstKey;
  receive(message, HEADER + count, newKeys, changed);
  words = message;
  at = HEADER;
  text = 0;
  const plan = value();
  words = new Uint32Array();
  if (forgets) texts = [];
  return plan;
}

function receive(message: Uint32Array, from: number, newKeys: number, changed: number): void {
  const pairs = from + newKeys;
  const bytes = new Uint8Array(message.buffer, message.byteOffset + (pairs + 2 * changed) * 4);
  let start = 0;
  for (let i = from; i < pairs; i++) {
    const end = start + (message[i] as number);
    keys.push(decoder.decode(bytes.subarray(start, end)));
    start = end;
  }
  for (let i = 0; i < changed; i++) {
    const end = start + (message[pairs + 2 * i + 1] as number);
    texts[message[pairs + 2 * i] as number] = decoder.decode(bytes.subarray(start, end));
    start = end;
  }
}

function value(): unknown {
  const word = words[at++] as number;
  const number = word >>> KIND_BITS;
  switch (word & KIND) {
    case TEXT:
      return texts[text++];
    case OBJECT: {
      const object: Record<string, unknown> = {};
      for (let i = 0; i < number; i++) {
        const key = keys[words[at++] as number] as string;
        object[key] = value();
      }
      return object;
    }
    case LIST: {
      const list: unknown[] = [];
      for (let i = 0; i < number; i++) list.push(value());
      return list;
    }
    case SMALL:
      return number;
    case NULL:
      return null;
    case TRUE:
      return true;
    case FALSE:
      return false;
    case FLOAT: {
      const halves = Uint32Array.of(words[at++] as number, words[at++] as number);
      return new Float64Array(halves.buffer)[0];
    }
    default:
      return map(number);
  }
}

/** An object of a map. Its members are defined, not assigned, so that none is special: for AWS, `__proto__` is an attribute's name. */
function map(count: number): unknown {
  const members: [string, unknown][] = [];
  for (let i = 0; i < count; i++) members.push([value() as string, value()]);
  return Object.fromEntries(members);
}

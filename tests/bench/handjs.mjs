// What a good engineer writes by hand for one job, in Node: the competitor of a fleet's rows. It reads bundles of ordinary device
// certificates and judges them against one template, as a service would that needs nothing else.
//
// What makes it fast: both ends of a block are found by the search for one byte, the end mostly where the last one was; base64 and SHA-256
// are Node's own (`base64Write`, `crypto.hash`); the DER is walked in place; the template is compiled to lists; values are
// checked as bytes, by tables, and only what the row shows becomes a string.
//
// What it does not do: places, explanations, access, duplicates, other forms of input. A certificate that is not an ordinary one gets
// a row without a verdict, which stands for a slow path.
import { createHash } from "node:crypto";
import * as crypto from "node:crypto";

const DASH = 0x2d;
const BEGIN = "-----BEGIN CERTIFICATE-----".length;
const END = "-----END CERTIFICATE-----".length;

/** `crypto.hash` is there from Node 20.12 and 21.7 on, and saves half the time. */
const sha256 = crypto.hash ? (bytes) => crypto.hash("sha256", bytes, "hex") : (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The last arc of an attribute's OID, 2.5.4.x. */
const ARCS = {
  CommonName: 3,
  SerialNumber: 5,
  Country: 6,
  StateName: 8,
  Organization: 10,
  OrganizationalUnit: 11,
  DistinguishedNameQualifier: 46,
};
const SERIAL = ARCS.SerialNumber;
const MOST_ARCS = 64;

const TIME = 0x18;

/** A table of the bytes that a value may have. */
function charset(characters) {
  const allowed = new Uint8Array(256);
  for (let byte = 0; byte < 128; byte++) if (characters.test(String.fromCharCode(byte))) allowed[byte] = 1;
  return allowed;
}
const NAME = charset(/[a-zA-Z0-9:_-]/);
const VALUE = charset(/[a-zA-Z0-9_.,@/:#=[\]-]/);
const MOST_NAME = 128;
const MOST_VALUE = 800;

/** The compiled form of a registration config: a name and attributes that are parameters of the certificate. */
export function compile(config) {
  const body = JSON.parse(JSON.parse(config).templateBody);
  const arcOf = (parameter) => ARCS[parameter.slice("AWS::IoT::Certificate::".length)];
  const required = Object.keys(body.Parameters).map(arcOf).filter(Boolean);
  const { ThingName, AttributePayload } = body.Resources.thing.Properties;
  // A certificate ID is always a good value, and so is what the template itself says, if it is one.
  const checked = Object.values(AttributePayload)
    .map(({ Ref }) => arcOf(Ref))
    .filter(Boolean);
  return { required: Uint8Array.from(required), checked: Uint8Array.from(checked), name: arcOf(ThingName.Ref) };
}

/** A moment as the digits of a certificate's time are read: year, month, …, second, as one number. */
export const moment = (date) => Number(date.toISOString().replace(/\D/g, "").slice(0, 14));

// Where the walk is: the tag of the last element, and its content.
let tag = 0;
let at = 0;
let end = 0;

function header(d, p) {
  tag = d[p];
  const length = d[p + 1];
  if (length < 0x80) {
    at = p + 2;
    end = at + length;
  } else if (length === 0x81) {
    at = p + 3;
    end = at + d[p + 2];
  } else if (length === 0x82) {
    at = p + 4;
    end = at + ((d[p + 2] << 8) | d[p + 3]);
  } else {
    at = d.length + 1;
    end = at;
  }
}

function time(d) {
  let p = at;
  let year = (d[p] - 48) * 10 + d[p + 1] - 48;
  p += 2;
  if (tag === TIME) {
    year = year * 100 + (d[p] - 48) * 10 + d[p + 1] - 48;
    p += 2;
  } else year += year < 50 ? 2000 : 1900;
  for (let i = 0; i < 5; i++, p += 2) year = year * 100 + (d[p] - 48) * 10 + d[p + 1] - 48;
  return year;
}

const starts = new Uint16Array(MOST_ARCS);
const ends = new Uint16Array(MOST_ARCS);
/** The serial number in decimal, if the subject has none. */
let serial = "";
let scratch = Buffer.alloc(16_384);
const NONE = Object.freeze([]);

function fits(d, arc, table, most) {
  const from = starts[arc];
  const to = ends[arc];
  if (from === to || to - from > most) return false;
  for (let p = from; p < to; p++) if (table[d[p]] === 0) return false;
  return true;
}

/** Notes where the subject's attributes are, the first of each kind. */
function subject(d, from, to) {
  starts.fill(0);
  ends.fill(0);
  for (let set = from; set < to; ) {
    header(d, set);
    set = end;
    for (let one = at; one < set; ) {
      header(d, one);
      one = end;
      header(d, at);
      if (end - at !== 3 || d[at] !== 0x55 || d[at + 1] !== 0x04) continue;
      const arc = d[at + 2];
      header(d, end);
      if (arc < MOST_ARCS && ends[arc] === 0) {
        starts[arc] = at;
        ends[arc] = end;
      }
    }
  }
}

/** Whether the key is of P-256, and the signature ECDSA with SHA-256: the ordinary device. */
function ordinaryKey(d, key, signature) {
  header(d, key);
  header(d, at);
  header(d, at);
  if (end - at !== 7 || d[at] !== 0x2a || d[at + 3] !== 0xce || d[end - 1] !== 0x01) return false;
  header(d, end);
  if (end - at !== 8 || d[at] !== 0x2a || d[at + 3] !== 0xce || d[end - 1] !== 0x07) return false;
  header(d, signature);
  header(d, at);
  return end - at === 8 && d[at] === 0x2a && d[at + 3] === 0xce && d[end - 1] === 0x02;
}

function row(index, d, length, template, now) {
  header(d, 0);
  if (tag !== 0x30 || end !== length) return { index };
  header(d, at);
  const signature = end;
  header(d, at);
  if (tag === 0xa0) header(d, end);
  const serialAt = at;
  const serialEnd = end;
  header(d, end); // the signature's algorithm
  header(d, end); // the issuer
  header(d, end);
  let p = end;
  header(d, at);
  const notBefore = time(d);
  header(d, end);
  const notAfter = time(d);
  header(d, p);
  p = end;
  subject(d, at, end);
  if (!ordinaryKey(d, p, signature)) return { index };

  const codes = [];
  if (notAfter < now || notBefore > now) codes.push("JITP080");
  const { required, checked, name } = template;
  serial = "";
  for (let i = 0; i < required.length; i++) {
    const arc = required[i];
    if (ends[arc] !== 0) continue;
    if (arc === SERIAL) serial = BigInt(`0x${d.hexSlice(serialAt, serialEnd)}`).toString();
    else codes.push("JITP070");
  }
  for (let i = 0; i < checked.length; i++) {
    const arc = checked[i];
    if (!fits(d, arc, VALUE, MOST_VALUE) && !(arc === SERIAL && serial)) codes.push("JITP061");
  }
  const thingName = fits(d, name, NAME, MOST_NAME) ? d.latin1Slice(starts[name], ends[name]) : undefined;
  if (thingName === undefined) codes.push("JITP060");
  const certificateId = sha256(d.subarray(0, length));
  if (codes.length > 0) return { index, verdict: "fails", certificateId, thingName, stoppedAt: 2, codes };
  return { index, verdict: "provisions", certificateId, thingName, codes: NONE };
}

/**
 * A reader of chunks, which end anywhere: `push(chunk)` gives the rows of the blocks that are complete with it.
 */
export function reader(template, now) {
  /** What is left of the chunks before, followed by the new one. */
  let buffer = Buffer.alloc(0);
  let left = 0;
  let index = 0;
  let usual = 0;

  function joined(chunk) {
    const length = left + chunk.length;
    if (buffer.length < length) {
      const larger = Buffer.alloc(2 * length);
      buffer.copy(larger, 0, 0, left);
      buffer = larger;
    }
    buffer.set(chunk, left);
    return length;
  }

  return {
    push(chunk) {
      const rows = [];
      const length = joined(chunk);
      let done = 0;
      for (;;) {
        // A search for a byte goes to the end of the buffer, which has old bytes after `length`.
        const begin = buffer[done] === DASH ? done : buffer.indexOf(DASH, done);
        if (begin < 0 || begin >= length) break;
        const first = begin + BEGIN;
        let last = first + usual;
        if (usual === 0 || buffer[last] !== DASH || buffer[last - 1] !== 0x0a) last = buffer.indexOf(DASH, first);
        if (last < 0 || last + END > length) break;
        usual = last - first;
        if (scratch.length < usual) scratch = Buffer.alloc(2 * usual);
        const size = scratch.base64Write(buffer.latin1Slice(first, last), 0);
        rows.push(row(index++, scratch, size, template, now));
        done = last + END;
        while (done < length && (buffer[done] === 0x0a || buffer[done] === 0x0d)) done++;
      }
      buffer.copyWithin(0, done, length);
      left = length - done;
      return rows;
    },
  };
}

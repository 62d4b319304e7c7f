/**
 * Links that carry work in their hash, which browsers do not send to any server: `#jitp=1.` and then the work as JSON,
 * deflated (RFC 1951) and in base64url. The number is the version of this format.
 */

import { readWork, type Work } from "../model/work.ts";
import { turn } from "../ui/turn.ts";
import { linkWords as words } from "../words/links.ts";
import { PREFIX, unpack, VERSION } from "./packed.ts";

/** Links longer than this are cut by some of the programs that people send them with. */
export const LONG_LINK = 8_000;

/** The version of the file that work is saved as. */
const FILE_VERSION = 1;

/** The content of a link or a file. */
export type Received = Opened | { problem: string; rule?: string };

/** Work, and for the example of a rule its code and what is known of the account. */
export interface Opened {
  work: Work;
  rule?: string;
  account?: string;
}

/** Whether a hash is shared work. */
export function isShared(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/** The hash for this work. */
export async function toHash(work: Work): Promise<string> {
  const stream = new Blob([JSON.stringify(work)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `${PREFIX}${VERSION}.${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** Reads a hash that anybody may have written. */
export async function fromHash(hash: string): Promise<Received> {
  const [, version, packed] = /^#jitp=([^.]*)\.(.*)$/s.exec(hash) ?? [];
  if (version === undefined || packed === undefined) return { problem: words.cut };
  if (version !== VERSION) {
    const newer = /^\d{1,6}$/.test(version) && Number(version) > Number(VERSION);
    return { problem: newer ? words.newer : words.cut };
  }
  const json = await unpack(packed);
  if (json === undefined) return { problem: words.cut };
  return received(json) ?? { problem: words.cut };
}

/** The number of certificates that are written in one go. */
const SLICE = 500;

/** Work as a file, with a line for each certificate. There may be many, so the browser has its turn in between. */
export async function toFile({ certificates, ...head }: Work): Promise<Blob> {
  const parts = [JSON.stringify({ "jitp-work": FILE_VERSION, ...head }, null, 2).replace(/\n\}$/, ',\n  "certificates": [')];
  for (let at = 0; at < certificates.length; at += SLICE) {
    const lines = certificates.slice(at, at + SLICE).map((certificate) => `\n    ${JSON.stringify(certificate)}`);
    parts.push(`${at === 0 ? "" : ","}${lines.join(",")}`);
    await turn();
  }
  return new Blob([...parts, certificates.length > 0 ? "\n  ]\n}\n" : "]\n}\n"], { type: "application/json" });
}

/** Whether a text, or its beginning, is that of such a file. */
export function isFile(text: string): boolean {
  return /^\s*\{\s*"jitp-work"\s*:/.test(text);
}

/** Reads the JSON of such a file; nothing if it is damaged. */
export function fromFile(json: unknown): Received {
  const work = readWork(json);
  return work ? { work } : { problem: words.damagedFile };
}

function received(json: string): { work: Work } | undefined {
  try {
    const work = readWork(JSON.parse(json));
    return work && { work };
  } catch {
    return undefined;
  }
}

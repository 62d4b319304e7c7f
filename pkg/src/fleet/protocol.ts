/** What a pool and its workers say to each other. A worker answers in the order in which it was asked. */
import type { Judged, Rules } from "./judge.js";

/** The compiled wasm module; the first message to a worker. */
export interface Start {
  module: WebAssembly.Module;
}

/** What a worker is asked. Fleets are told apart by a number. */
export type Question = { fleet: number } & (
  | { ask: "open"; template: { source: Uint8Array; options: object }; rules: Rules }
  /** A stretch of the text that can be judged alone. */
  | { ask: "piece"; bytes: Uint8Array; base: number }
  | { ask: "list"; bytes: Uint8Array; lengths: Uint32Array; base: number }
  /** This worker alone judges what is left, in order. */
  | { ask: "begin"; base: number; had: "text" | "list" | undefined; isOpen: boolean }
  | { ask: "next"; bytes: Uint8Array; lengths?: Uint32Array | undefined }
  | { ask: "end" }
  | { ask: "account" }
  | { ask: "close" }
);

/** What it answers. */
export type Answer = { judged: Judged[]; account?: unknown } | { error: { message: string; stack: string | undefined } };

/** One end of the line to a worker. */
export interface Port {
  post(message: Question | Start, transfer: ArrayBuffer[]): void;
  /** Says whether answers are awaited. A process need not wait for a worker that nobody waits for. */
  hold(isHeld: boolean): void;
  terminate(): unknown;
}

/** Starts a worker, which tells what it answers, and if it dies. */
export type Spawn = (onAnswer: (answer: Answer) => void, onDeath: (error: Error) => void) => Port;

/** The buffers of these bytes, to be handed over. Empty bytes may be anybody's. */
export function buffersOf(all: readonly Uint8Array[]): ArrayBuffer[] {
  return [...new Set(all.filter(({ length }) => length > 0).map(({ buffer }) => buffer as ArrayBuffer))];
}

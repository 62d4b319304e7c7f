/** A call to judge a fleet: what it was given, and the work if this thread does it. */
import { insideOf, Template } from "../api.js";
import { CompiledTemplate } from "../core.js";
import { bytes, template as read } from "../given.js";
import { type StreamOptions, streamCallOptions, streamOptions } from "../options.js";
import type { FleetCallOptions, TemplateSource } from "../types.js";
import type { Source } from "./chunks.js";
import { Judge, type Judged, type Rules } from "./judge.js";
import type { Work } from "./stream.js";

/** A call to judge a fleet, checked. */
export interface Called {
  template: () => CompiledTemplate;
  given: StreamOptions;
  rules: Rules;
}

/** Checks what every call to judge a fleet has. */
export function called(source: TemplateSource | Template, options: FleetCallOptions | undefined): Called {
  if (source instanceof Template) {
    const { flow, ...inside } = insideOf(source);
    const compiled = inside.compiled as () => CompiledTemplate;
    compiled();
    const given = streamOptions(options, flow);
    return { template: compiled, given, rules: rulesOf(given) };
  }
  const text = read(source);
  const both = streamCallOptions(options);
  const compiled = new CompiledTemplate(text, both.template);
  return { template: () => compiled, given: both.stream, rules: rulesOf(both.stream) };
}

function rulesOf({ options, ca }: StreamOptions): Rules {
  // This is a copy, because callers may write to theirs later.
  return { options, ca: ca === undefined ? undefined : new Uint8Array(bytes(ca)) };
}

/** This thread judges. */
export class OwnWork implements Work {
  readonly #judge: Judge;
  readonly #source: Source;

  constructor({ template, rules, given }: Called, source: Source) {
    this.#judge = new Judge(template, rules, given.collisions);
    this.#source = source;
  }

  async *judged(): AsyncGenerator<Judged, void, undefined> {
    for await (const part of this.#source.parts()) yield* this.#judge.push(part);
    yield* this.#judge.end();
  }

  account(): ReturnType<Judge["account"]> {
    return this.#judge.account();
  }

  summary(): ReturnType<Judge["summary"]> {
    return this.#judge.summary();
  }

  stop(): void {
    this.#source.close();
  }

  free(): void {
    this.#judge.free();
  }
}

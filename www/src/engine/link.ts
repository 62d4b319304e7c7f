/** A playground's line to the engine: there is one, there is none yet, or it says why there is none. */

import { type Analyst, EngineStopped, openEngine } from "./engine.ts";
import type { MountOptions } from "../app/mount-options.ts";
import type { Calls, CallName } from "../model/protocol.ts";

const restarted = (cause: string) =>
  `The engine stopped on this input and was started again (${cause}). Change the template or the certificate to go on.`;

export class EngineLink {
  /** There is an engine, or why there is none. */
  readonly opened: Promise<string | undefined>;
  #analyst: Analyst | undefined;
  #close: (() => void) | undefined;
  #gone = false;

  constructor({ wasm, fetched }: Pick<MountOptions, "wasm" | "fetched">, warn: (text: string) => void) {
    this.opened = this.#open(wasm, fetched, warn);
  }

  async #open(wasm: MountOptions["wasm"], fetched: MountOptions["fetched"], warn: (text: string) => void): Promise<string | undefined> {
    try {
      const engine = await openEngine(wasm, fetched);
      const { analyst, close } = engine.attend((cause) => warn(restarted(cause)));
      this.#analyst = analyst;
      this.#close = close;
      if (this.#gone) close();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** What analyses the newest request; nothing before there is an engine. */
  get analyst(): Analyst | undefined {
    return this.#analyst;
  }

  /** One call to the engine; nothing where it is not there or stopped, which has been announced already. */
  async call<K extends CallName>(name: K, request: Calls[K]["request"]): Promise<Calls[K]["result"] | undefined> {
    try {
      return await this.#analyst?.call(name, request);
    } catch (error) {
      if (error instanceof EngineStopped) return undefined;
      throw error;
    }
  }

  /** Hangs up. */
  close(): void {
    this.#gone = true;
    this.#close?.();
  }
}

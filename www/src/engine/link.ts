/** The connection of one playground to the engine. Until the engine is loaded, calls have no result. */

import type { Ask, Calls, CallName } from "../model/protocol.ts";
import { EngineStopped } from "./desk.ts";
import { type Analyst, openEngine } from "./engine.ts";
import { engineWords } from "../words/engine.ts";

/** The source of the engine. */
export interface EngineSource {
  /** The address of the wasm file. */
  wasm: string | URL;
  /** Called after the wasm file was fetched and before there is a worker. */
  fetched?: () => void;
}

export class EngineLink {
  /** Resolves when the engine is loaded: to nothing, or to why it could not be. */
  readonly opened: Promise<string | undefined>;
  #analyst: Analyst | undefined;
  #close: (() => void) | undefined;
  #gone = false;

  constructor(source: EngineSource, warn: (text: string) => void) {
    this.opened = this.#open(source, warn);
  }

  async #open({ wasm, fetched }: EngineSource, warn: (text: string) => void): Promise<string | undefined> {
    try {
      const engine = await openEngine(wasm, fetched);
      const { analyst, close } = engine.attend((cause) => warn(engineWords.restarted(cause)));
      this.#analyst = analyst;
      this.#close = close;
      if (this.#gone) close();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Analyses the newest request; absent before the engine is loaded. */
  get analyst(): Analyst | undefined {
    return this.#analyst;
  }

  /** Makes one call. There is no result without an engine, or if it stopped, which has been announced already. */
  readonly call: Ask = async <K extends CallName>(
    name: K,
    request: Calls[K]["request"],
    over?: ArrayBuffer[],
  ): Promise<Calls[K]["result"] | undefined> => {
    try {
      return await this.#analyst?.call(name, request, over);
    } catch (error) {
      if (error instanceof EngineStopped) return undefined;
      throw error;
    }
  };

  /** Ends the connection. */
  close(): void {
    this.#gone = true;
    this.#close?.();
  }
}

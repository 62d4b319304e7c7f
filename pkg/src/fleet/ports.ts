/** Workers of Node and of browsers, as the lines of a pool need them. */
import type { PoolWorker } from "../types.js";
import type { Answer, Spawn } from "./protocol.js";

/** A thread of Node, as far as it is used. */
interface Thread {
  on(event: "message", listener: (answer: Answer) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

/** Threads of Node, and of engines that have its module. */
export function threads(start: () => Thread): Spawn {
  return (onAnswer, onDeath) => {
    const thread = start();
    thread.on("message", onAnswer);
    thread.on("error", (cause) => onDeath(new Error("jitp: a worker of the pool has failed", { cause })));
    thread.on("exit", () => onDeath(new Error("jitp: a worker of the pool has ended")));
    thread.unref();
    return {
      post: (message, transfer) => thread.postMessage(message, transfer),
      hold: (isHeld) => (isHeld ? thread.ref() : thread.unref()),
      terminate: () => thread.terminate(),
    };
  };
}

/** Workers of browsers, and of engines that have them. */
export function workers(start: () => PoolWorker): Spawn {
  return (onAnswer, onDeath) => {
    const worker = start();
    worker.addEventListener("message", (event) => onAnswer((event as MessageEvent<Answer>).data));
    for (const event of ["error", "messageerror"] as const) {
      worker.addEventListener(event, (failure) => {
        const { message } = failure as Partial<ErrorEvent>;
        onDeath(new Error(`jitp: a worker of the pool has failed${message ? `: ${message}` : ", or its script could not be loaded"}`));
      });
    }
    return {
      post: (message, transfer) => worker.postMessage(message, transfer),
      hold: () => {},
      terminate: () => worker.terminate(),
    };
  };
}

/** The line to one worker: questions, each with its answer. */
import type { Judged } from "./judge.js";
import type { Answer, Port, Question, Spawn } from "./protocol.js";

type Given = { judged: Judged[]; account?: unknown };
interface Waiting {
  resolve(given: Given): void;
  reject(error: Error): void;
}

/** A worker. It starts with its first question. */
export class Line {
  readonly #spawn: Spawn;
  readonly #module: () => WebAssembly.Module;
  #port: Port | undefined;
  /** The questions without an answer, in their order. */
  readonly #waiting: Waiting[] = [];
  #dead: Error | undefined;

  constructor(spawn: Spawn, module: () => WebAssembly.Module) {
    this.#spawn = spawn;
    this.#module = module;
  }

  /** The number of questions without an answer. */
  get load(): number {
    return this.#waiting.length;
  }

  /** Asks. The buffers are handed over. */
  ask(question: Question, transfer: ArrayBuffer[] = []): Promise<Given> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    this.#port ??= this.#start();
    const answer = new Promise<Given>((resolve, reject) => this.#waiting.push({ resolve, reject }));
    // Whoever asks may have left by the time of an error.
    answer.catch(() => {});
    if (this.#waiting.length === 1) this.#port.hold(true);
    this.#port.post(question, transfer);
    return answer;
  }

  /** Asks, but needs no answer. */
  tell(question: Question): void {
    this.ask(question).catch(() => {});
  }

  /** Ends the worker. */
  async end(): Promise<void> {
    this.#die(new Error("jitp: this pool has been terminated"));
    await this.#port?.terminate();
  }

  #start(): Port {
    const port = this.#spawn(
      (answer) => this.#take(answer),
      (error) => this.#die(error),
    );
    port.post({ module: this.#module() }, []);
    return port;
  }

  #take(answer: Answer): void {
    // Letting go of a worker that is being ended would let its process end before it.
    if (this.#dead !== undefined) return;
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#port?.hold(false);
    if ("error" in answer) waiting?.reject(Object.assign(new Error(answer.error.message), { stack: answer.error.stack }));
    else waiting?.resolve(answer);
  }

  #die(error: Error): void {
    this.#dead ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#dead);
  }
}

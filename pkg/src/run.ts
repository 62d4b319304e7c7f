/** Devices one after another in one account. */
import { CompiledRun, type CompiledTemplate } from "./core.js";
import { bytes, device } from "./given.js";
import { linkChecks, linkOptions } from "./options.js";
import type { AccountState, CertificateInput, DryRunOptions, Fleet, FleetOptions, Flow, Plan, Run } from "./types.js";

/** What `Template.run` gives. */
export class AccountRun implements Run {
  readonly #inner: CompiledRun;
  readonly #template: () => CompiledTemplate;
  readonly #flow: Flow;
  #freed = false;

  /** `template` throws if the template was freed. */
  constructor(template: () => CompiledTemplate, flow: Flow, options: object) {
    this.#template = template;
    this.#flow = flow;
    this.#inner = new CompiledRun(options);
  }

  #live(): CompiledRun {
    if (this.#freed) throw new Error("jitp: this Run has been freed");
    return this.#inner;
  }

  plan(certificate: CertificateInput, options?: Pick<DryRunOptions, "issuer" | "values">): Plan {
    const inner = this.#live();
    return this.#template().planIn(inner, device(certificate), linkOptions(options, this.#flow)) as Plan;
  }

  rows(bundle: string | Uint8Array, options?: Pick<FleetOptions, "issuers">): Fleet {
    const inner = this.#live();
    return this.#template().rowsIn(inner, bytes(bundle), linkChecks(options, this.#flow)) as Fleet;
  }

  get account(): AccountState {
    return this.#live().account() as AccountState;
  }

  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#inner.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

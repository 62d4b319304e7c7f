import { CompiledDevice } from "../core.js";
import { bytes, ensureReady, isSubject } from "../given.js";
import type { AccessContext, Decision, DeviceOptions, DeviceRequest, PolicyDecision, Simulation } from "../types.js";
import { contextOptions, deviceOptions, requestOf, requestsOf } from "./options.js";

/**
 * A device, to be asked any number of times what it may do. Its policies are compiled once. It lives in wasm memory: call {@link Device.free} when done (or leave it to the garbage collector).
 */
export class Device {
  readonly #inner: CompiledDevice;
  #freed = false;

  /**
   * @param options the device's policies, its thing, its certificate, and where it connects
   * @throws TypeError if the call itself is wrong; a document that is not a policy is not an error, but has findings
   *
   * @example
   * import { Device } from "jitp";
   * const Statement = [{ Effect: "Allow", Action: "iot:Connect", Resource: "arn:aws:iot:*:*:client/${iot:Connection.Thing.ThingName}" }];
   * const device = new Device({ policies: [{ Version: "2012-10-17", Statement }], thing: { name: "lamp-1" } });
   * console.log(device.can({ verb: "connect" }).answer, device.can({ verb: "connect" }, { clientId: "lamp-2" }).reason);
   * device.free();
   */
  constructor(options: DeviceOptions);
  constructor(options: DeviceOptions | CompiledDevice) {
    ensureReady();
    if (options instanceof CompiledDevice) {
      this.#inner = options;
      return;
    }
    const given = deviceOptions(options);
    const { certificate } = options;
    if (isSubject(certificate)) {
      this.#inner = CompiledDevice.described(undefined, { ...given, subject: certificate.subject });
      return;
    }
    this.#inner = CompiledDevice.described((certificate ?? undefined) === undefined ? undefined : bytes(certificate), given);
  }

  #live(): CompiledDevice {
    if (this.#freed) throw new Error("jitp: this Device has been freed");
    return this.#inner;
  }

  /**
   * Says whether the device may do something.
   *
   * @param request what it asks for
   * @param context how it asks; each member has a default
   * @throws TypeError if the request or the context has another shape
   * @throws Error after {@link Device.free}
   */
  can(request: DeviceRequest, context?: AccessContext): Decision {
    return this.#live().can(requestOf(request), contextOptions(context)) as Decision;
  }

  /**
   * Says what each policy by itself answers, as `TestAuthorization` of AWS lists them. {@link Device.can} has the answer of all together.
   * Policies whose documents are not known are not in the list.
   */
  canByPolicy(request: DeviceRequest, context?: AccessContext): PolicyDecision[] {
    return this.#live().canByPolicy(requestOf(request), contextOptions(context)) as PolicyDecision[];
  }

  /** Answers several requests, and says what was assumed. */
  simulate(requests: readonly DeviceRequest[], context?: AccessContext): Simulation {
    return this.#live().simulate(requestsOf(requests), contextOptions(context)) as Simulation;
  }

  /** Gives its memory back. It may be called more than once. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#inner.free();
  }

  /** For `using device = new Device(options)`. */
  [Symbol.dispose](): void {
    this.free();
  }
}

/**
 * The instance of the wasm module that answers. A call traps if memory does not suffice, or by a fault of jitp. Nothing in the instance can
 * be relied on after that, so it is dropped, and the next call has a new one.
 */
import * as glue from "#glue";

/** How many instances have been dropped. Everything in the memory of an instance is gone with it. */
let dropped = 0;
/** Whether the instance has answered before. Its memory may then be full of what earlier calls needed. */
let used = false;
/** Whether the instance must not be used any more, and no other could be made yet. */
let broken = false;

/** Whether a trap has left no instance that works. */
export function isBroken(): boolean {
  return broken;
}

/** The number of the instance that answers now. */
export function instance(): number {
  return dropped;
}

/** Drops the instance. The next call has a new one. */
export function renew(): void {
  broken = true;
  glue.__wbg_reset_state();
  broken = false;
  used = false;
  dropped += 1;
}

/** Runs a call. If it traps on an instance that was in use, it is tried once more on a new one. */
export function run<T>(call: () => T): T {
  if (broken) renew();
  try {
    return attempt(call);
  } catch (error) {
    const again = used;
    renew();
    if (!again) throw stopped(error);
  }
  try {
    return attempt(call);
  } catch (error) {
    renew();
    throw stopped(error);
  }
}

/**
 * Runs a call on the instance of this number, on which something lives that cannot be made again. It is not tried twice. If that instance was
 * dropped, because any call has met its end there, the answer is an error and never another one than before.
 */
export function runOn<T>(number: number, call: () => T): T {
  if (broken) renew();
  if (number !== dropped)
    throw new Error("jitp: the memory of this fleet was lost, because another call needed more than there is; begin again");
  try {
    return attempt(call);
  } catch (error) {
    renew();
    throw stopped(error);
  }
}

function attempt<T>(call: () => T): T {
  const result = call();
  used = true;
  return result;
}

function stopped(cause: unknown): Error {
  return new Error("jitp: the input needs more memory than WebAssembly has, or met a fault of jitp; further calls are not affected", {
    cause,
  });
}

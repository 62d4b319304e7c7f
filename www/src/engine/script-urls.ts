/** The only place that turns addresses into scripts, by a Trusted Types policy if the browser has them. */

import workerSource from "virtual:worker-source";

/** TypeScript's DOM types do not have it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

const blobs = new Set<string>();

/** Only the workers of this file and the page's service worker may run. */
const rules = {
  createScriptURL(url: string): string {
    if (blobs.has(url) || url === "./sw.js") return url;
    throw new TypeError("jitp runs no other script than its own");
  },
};

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy("jitp", rules) ?? rules;

/** Starts a worker: the one with jitp in it, or one of another source of the page's own. */
export function makeWorker(source = workerSource): Worker {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  blobs.add(url);
  const worker = new Worker(policy.createScriptURL(url));
  const done = () => {
    blobs.delete(url);
    URL.revokeObjectURL(url);
  };
  worker.addEventListener("message", done, { once: true });
  worker.addEventListener("error", done, { once: true });
  return worker;
}

/** Registers the page's service worker. */
export function registerServiceWorker(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register(policy.createScriptURL("./sw.js"));
}

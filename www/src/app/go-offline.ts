/** Has the browser keep the page's own files, so that the page works without a network. */

import { registerServiceWorker } from "../engine/script-urls.ts";
import type { Notify } from "../ui/notices.ts";
import { shellWords as words } from "../words/shell.ts";

/** Registers the service worker, and tells the user when it has a newer version of the page. */
export async function goOffline(notify: Notify): Promise<void> {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  try {
    const registration = await registerServiceWorker();
    // The page's controller does not tell: it may be the worker of another site in the folder above.
    const first = registration.active === null;
    if (registration.waiting && !first) offer(notify, registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed" && !first) offer(notify, installing);
      });
    });
    await navigator.serviceWorker.ready;
    document.documentElement.dataset.offline = "ready";
  } catch {
    // The page was opened as a file, or the browser allows no storage: it works as long as it is open.
    document.documentElement.dataset.offline = "none";
  }
}

function offer(notify: Notify, waiting: ServiceWorker): void {
  const load = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  };
  notify(words.newVersion, {
    action: { title: words.loadIt, run: load },
    stay: true,
  });
}

/** Has the page's own files kept for the next visit, so that it works without a network. */

import type { Playground } from "./playground.ts";
import { registerServiceWorker } from "../engine/script-urls.ts";

/** Registers the service worker, and says so when it has a newer version of the page. */
export async function goOffline(playground: Playground): Promise<void> {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  try {
    const registration = await registerServiceWorker();
    // Not by the page's controller: another site's worker may watch over the folder above.
    const first = registration.active === null;
    if (registration.waiting && !first) offer(playground, registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => {
        if (installing.state === "installed" && !first) offer(playground, installing);
      });
    });
    await navigator.serviceWorker.ready;
    document.documentElement.dataset.offline = "ready";
  } catch {
    // Opened as a file, or in a browser that lets no page keep anything: it works as long as it is open.
    document.documentElement.dataset.offline = "none";
  }
}

function offer(playground: Playground, waiting: ServiceWorker): void {
  const load = () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("take over");
  };
  playground.notify("A newer version of this page is here. Your work stays.", {
    action: { title: "Load it", run: load },
    stay: true,
  });
}

/// <reference lib="webworker" />
/**
 * Keeps the files of this site in the browser, so that it works without a network. It asks for nothing but these files, and
 * only when it is installed; a newer one installs beside the old one and takes over when the reader says so, or when
 * the last page of the old one is closed.
 */

/** The names of all files of the site, below the folder that this one lies in. */
declare const FILES: readonly string[];
/** Another one for other files. */
declare const VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

/** Other sites may lie on the same origin, so the cache is named by the folder. */
const FAMILY = `jitp ${worker.registration.scope} `;
const CACHE = FAMILY + VERSION;

/** The names carry a hash of what is in them, but for these; which are asked for anew although the browser may have them. */
const changing = (name: string) => !name.startsWith("assets/");

worker.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(
    FILES.map((name) => new Request(new URL(name, worker.registration.scope), { cache: changing(name) ? "no-cache" : "default" })),
  );
}

worker.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(FAMILY) && name !== CACHE) await caches.delete(name);
  await worker.clients.claim();
}

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const name = nameOf(event.request);
  if (name !== undefined) event.respondWith(answer(name, event.request));
});

/** Which of the files is asked for; nothing where it is something else, which the browser then asks for itworker. */
function nameOf(request: Request): string | undefined {
  if (request.method !== "GET" || !request.url.startsWith(worker.registration.scope)) return undefined;
  const [path = ""] = request.url.slice(worker.registration.scope.length).split(/[?#]/, 1);
  const name = path === "" ? "index.html" : path;
  return FILES.includes(name) ? name : undefined;
}

async function answer(name: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(new URL(name, worker.registration.scope))) ?? fetch(request);
}

export {};

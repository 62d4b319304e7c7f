/// <reference lib="webworker" />
/**
 * Keeps the files of this site in the browser, so that it works without a network. It requests these files only, when it is
 * installed. A newer version is installed next to the old one, and becomes active when the user says so or when the last page
 * of the old version is closed.
 */

/** The names of all files of the site, relative to the folder of this file. */
declare const FILES: readonly string[];
/** It changes with the files. */
declare const VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

/** Other sites may be on the same origin, so the name of the cache contains the folder. */
const FAMILY = `jitp ${worker.registration.scope} `;
const CACHE = FAMILY + VERSION;

/** The names have a hash of the content, except these: they are requested again even if the browser has them. */
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

/** The name of the requested file; nothing if it is another file, which the browser then requests itself. */
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

/** A static server as plain as the plainest host: files and content types, no special headers. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".xml": "application/xml",
  ".json": "application/json",
};

/**
 * Serves a folder on a free port of this machine, under its own path, because the page must work under any path.
 * @param {string} root
 * @param {Record<string, string>} [headers] additional headers of a server for others' pages
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve(root, headers = {}) {
  const base = "/some/where/";
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = normalize(join(root, path.slice(base.length).replace(/(^|\/)$/, "$1index.html")));
    try {
      if (!path.startsWith(base) || !file.startsWith(root + sep)) throw new Error("outside");
      const body = await readFile(file);
      response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve(undefined));
      }),
  };
}

// `cargo xtask serve`: the built page, from this machine alone, until it is stopped.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { after, before, test } from "node:test";
import { root } from "../packed.mjs";

/** Starts the command. `until` resolves with the first match in its output, or with null if it ends without one. */
function serve(...args) {
  const child = spawn("cargo", ["xtask", "serve", ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "close");
  let output = "";
  const printed = () => stripVTControlCharacters(output);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk) => void (output += chunk));
  const until = async (pattern) => {
    let running = true;
    void ended.then(() => void (running = false));
    for (;;) {
      const found = pattern.exec(printed());
      if (found || !running) return found;
      await Promise.race([once(child.stdout, "data"), once(child.stderr, "data"), ended]);
    }
  };
  return { child, ended, printed, until };
}

/** The answer to a request whose path the client does not normalise. */
async function raw(port, path) {
  const socket = connect(port, "localhost");
  socket.end(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  return answer;
}

let server;
let url;
before(async () => {
  server = serve("--port", "0");
  const found = await server.until(/Local:\s+(http:\/\/localhost:\d+\/)/);
  assert.ok(found, server.printed());
  url = found[1];
});
after(() => server.child.kill("SIGKILL"));

test("the page is served with its policy, and is neither cached nor guessed at", async () => {
  // The origin is one that Vite would allow by default.
  const page = await fetch(url, { headers: { origin: "http://localhost:1" } });
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-type"), /^text\/html/);
  assert.equal(page.headers.get("x-content-type-options"), "nosniff");
  assert.equal(page.headers.get("cache-control"), "no-cache");
  assert.equal(page.headers.get("access-control-allow-origin"), null);
  const html = await page.text();
  assert.match(html, /<meta charset="utf-8"/);
  assert.match(html, /<meta\s+http-equiv="Content-Security-Policy"\s+content="default-src 'none';[^"]*require-trusted-types-for 'script'/);
  const script = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1];
  assert.ok(script);
  assert.match((await fetch(new URL(script, url))).headers.get("content-type"), /^text\/javascript/);
  const wasm = /[\w./-]+\.wasm/.exec(html)?.[0];
  assert.ok(wasm);
  assert.equal((await fetch(new URL(wasm, url))).headers.get("content-type"), "application/wasm");
});

test("the licences of the page's dependencies are next to it", async () => {
  const text = await (await fetch(new URL("licences.txt", url))).text();
  const { dependencies } = JSON.parse(readFileSync(join(root, "www/package.json"), "utf8"));
  const crates = ["serde_json", "x509-cert", "The Rust standard library"];
  for (const name of [...Object.keys(dependencies).filter((name) => name !== "jitp"), ...crates]) {
    const section = text.split("\n---\n").find((section) => new RegExp(`^${name}( [0-9.]+)?, `, "m").test(section));
    assert.match(section ?? "", /Permission is hereby granted/, name);
  }
});

test("an unknown path is a 404, and no path leads out of the folder", async () => {
  assert.equal((await fetch(new URL("nothing-here", url))).status, 404);
  const { port } = new URL(url);
  for (const path of ["/../package.json", "/%2e%2e/package.json", "/..%2fpackage.json", "/assets/../../package.json"]) {
    const answer = await raw(port, path);
    assert.match(answer, /^HTTP\/1\.1 40[034] /, path);
    assert.doesNotMatch(answer, /jitp-playground/, path);
  }
});

test("a page of another host name is refused", async () => {
  const { port } = new URL(url);
  const socket = connect(port, "localhost");
  socket.end("GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  assert.match(answer, /^HTTP\/1\.1 403 /);
});

test("a port that is in use is refused, and the error says what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address();
  const refused = serve("--port", String(port));
  const [code] = await refused.ended;
  other.close();
  assert.equal(code, 1);
  assert.match(refused.printed(), new RegExp(`error: cannot serve on port ${port}: .*\\n.*--port`));
  assert.doesNotMatch(refused.printed(), /\bat .*\.js:\d+/);
});

test("Ctrl+C stops the server, and none is left behind", async () => {
  server.child.kill("SIGINT");
  await server.ended;
  await assert.rejects(fetch(url));
});

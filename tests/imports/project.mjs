/** Copies of the projects, next to the tools and to the packed package, and what runs in them. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixture, pack, root } from "../packed.mjs";

/** Where `cargo xtask test --only imports` has installed the tools. */
export const tools = process.env.JITP_IMPORTS ?? join(root, "target/jitp-tools/imports");
const modules = join(tools, "node_modules");
const sources = fileURLToPath(new URL(".", import.meta.url));

/** A build that hangs is stopped: it is not awaited by anybody else. */
const LIMIT = 300_000;

/** What every project plans. */
const INPUT = {
  template: fixture("templates/ok-everything.json"),
  certificate: fixture("certificates/full.pem"),
  options: { region: "eu-west-1", now: "2026-11-23T12:00:00Z" },
};

/** Packs the package and puts it next to the tools, as npm does. */
export async function install() {
  if (!existsSync(modules)) throw new Error("the tools are not installed: run `cargo xtask test --only imports` once");
  const own = join(modules, "jitp");
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own);
  const { tarball } = pack(tools);
  await run(["tar", "-xzf", tarball, "-C", own, "--strip-components=1"], tools);
  rmSync(tarball);
}

/** The plan that Node gives. */
export async function expected() {
  const folder = copy("node", "expected");
  return JSON.parse(await run(["node", "main.mjs"], folder));
}

/** A fresh copy of a project, with what it plans. */
export function copy(name, to, answer) {
  const folder = join(tools, to);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(sources, name), folder, { recursive: true });
  const all = Object.entries({ ...INPUT, ...(answer !== undefined && { answer }) });
  const lines = all.map(([key, value]) => [key, JSON.stringify(value)]);
  writeFileSync(join(folder, "input.mjs"), lines.map(([key, value]) => `export const ${key} = ${value};\n`).join(""));
  writeFileSync(join(folder, "input.cjs"), lines.map(([key, value]) => `exports.${key} = ${value};\n`).join(""));
  const types = "export const template: string, certificate: string, options: { region: string; now: string };\n";
  for (const ending of ["d.mts", "d.cts"]) writeFileSync(join(folder, `input.${ending}`), types);
  const page = '<!doctype html><meta charset="utf-8"><title>jitp</title><body></body><script type="module" src="./main.js"></script>\n';
  if (!existsSync(join(folder, "index.html"))) writeFileSync(join(folder, "index.html"), page);
  return folder;
}

/** Starts a command of the tools, or of the machine. */
function start([program, ...rest], cwd) {
  const PATH = [join(modules, ".bin"), process.env.PATH].join(delimiter);
  // Nothing of the test runner above, and nothing that reports to somebody.
  const { NODE_TEST_CONTEXT, NODE_OPTIONS, ...inherited } = process.env;
  const env = { ...inherited, PATH, NODE_ENV: "", CI: "1", NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NO_COLOR: "1" };
  delete env.NODE_ENV;
  return spawn(program, rest, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
}

/** Ends a command, with the processes that it has started. */
function end(child) {
  if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
}

/** Runs a command to its end. The result is what it printed. */
export async function run(command, cwd) {
  const child = start(command, cwd);
  const clock = setTimeout(() => end(child), LIMIT);
  let [printed, said] = ["", ""];
  child.stdout.on("data", (bytes) => (printed += bytes));
  child.stderr.on("data", (bytes) => (said += bytes));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  clearTimeout(clock);
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}\n${printed}\n${said}`);
  return printed;
}

/** Starts a server. `use` gets its address, which it says on its output. */
export async function withServer(command, cwd, use) {
  const child = start(command, cwd);
  const clock = setTimeout(() => end(child), LIMIT);
  let all = "";
  try {
    const address = await new Promise((resolve, reject) => {
      const read = (bytes) => {
        all += bytes;
        // A line of a web server, or a message of workerd's.
        const [, url] = /(http:\/\/(?:127\.0\.0\.1|localhost):\d+)/.exec(all) ?? [];
        const [, port] = /"event":"listen".*?"port":(\d+)/.exec(all) ?? [];
        if (url !== undefined || port !== undefined) resolve(url ?? `http://127.0.0.1:${port}`);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.once("error", reject).once("close", (code) => reject(new Error(`${command.join(" ")} ended with ${code}\n${all}`)));
    });
    return await use(`${address}/`);
  } finally {
    clearTimeout(clock);
    end(child);
  }
}

/** Copies a file of a project. */
export function copyFile(folder, from, to) {
  cpSync(join(folder, from), join(folder, to));
}

export const read = (folder, file) => readFileSync(join(folder, file), "utf8");

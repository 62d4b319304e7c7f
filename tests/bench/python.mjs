// Python's cryptography, in a process that answers a line at a time, so that its rounds are in turns with the others'.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The environment that `cargo xtask test --only replay` makes has the package; a machine's own Python may have it. */
const TOOLS = fileURLToPath(new URL("../../target/jitp-tools/python/bin/python", import.meta.url));

function python() {
  const has = (program) => spawnSync(program, ["-c", "import cryptography"], { stdio: "ignore" }).status === 0;
  return [process.env.PYTHON, TOOLS, "python3"].filter((program) => program === "python3" || existsSync(program ?? "")).find(has);
}

/** A reader of bundles, or nothing where no Python has the package. */
export function cryptography() {
  const program = python();
  if (program === undefined) return undefined;
  const child = spawn(program, [fileURLToPath(new URL("python.py", import.meta.url))], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** Reads the first `count` certificates of a file: `{ microseconds, facts }`. */
    async read(path, count) {
      child.stdin.write(`${JSON.stringify([path, count])}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("Python ended without an answer: see the lines above");
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}

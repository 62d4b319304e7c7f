/** Builds the sites, two at a time. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { pack } from "../packed.mjs";
import { TOOLS } from "./hosts.mjs";
import { begin, follow } from "./recipes.mjs";

const run = promisify(execFile);

/** The package, packed and unpacked. */
export async function install() {
  const folder = join(TOOLS, "installed");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { tarball } = pack(folder);
  await run("tar", ["-xzf", tarball, "-C", folder]);
  return join(folder, "package");
}

/** Builds a site by the letter of its page. The result is the folder to serve. */
export async function build(name, { page, site = page, program, build, out, pages, environment = {} }, installed) {
  const folder = join(TOOLS, "sites", name.replace(/\W+/g, "-"));
  // For work on the tests alone.
  if (process.env.JITP_EMBEDS_KEEP && existsSync(join(folder, out))) return { folder: join(folder, out), said: "" };
  begin(folder, site, installed);
  for (const [path, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  follow(`embedding/${page}.md`, folder);
  const env = { ...process.env, NO_COLOR: "1", CI: "true", ...environment };
  const { stdout, stderr } = await run(program, build, { cwd: folder, env, maxBuffer: 1 << 26 });
  return { folder: join(folder, out), said: stdout + stderr };
}

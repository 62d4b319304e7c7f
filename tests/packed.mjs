/** The package as its users get it: packed, and installed into an empty project. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Packs the package into a folder. The result is the file and the paths in it. */
export function pack(folder) {
  const packed = execFileSync(npm, ["pack", "--json", "--pack-destination", folder], { cwd: join(root, "pkg"), encoding: "utf8" });
  // npm 11 gives a list, later versions an object by name.
  const [info] = Object.values(JSON.parse(packed));
  return { tarball: join(folder, info.filename), files: info.files.map(({ path }) => path) };
}

/** An empty project with the packed package, a template and a certificate in it. `end` removes it. */
export function emptyProject() {
  const folder = mkdtempSync(join(tmpdir(), "jitp-package-"));
  const { tarball, files } = pack(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "empty", private: true }));
  execFileSync(npm, ["install", "--no-audit", "--no-fund", "--offline", tarball], { cwd: folder });
  writeFileSync(join(folder, "template.json"), fixture("templates/ok-everything.json"));
  writeFileSync(join(folder, "device.pem"), fixture("certificates/full.pem"));
  return { folder, tarball, files, end: () => rmSync(folder, { recursive: true, force: true }) };
}

export const fixture = (name) => readFileSync(join(root, "tests/fixtures", name), "utf8");

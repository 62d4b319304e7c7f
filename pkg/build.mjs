// Builds dist/ from src/ and from what wasm-pack has left in dist/wasm/ (see xtask): thin entries, the command line, and one wasm file.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const manifest = JSON.parse(readFileSync(here("package.json"), "utf8"));
const cargo = readFileSync(here("../Cargo.toml"), "utf8");
const version = /^\[workspace\.package\]\s+version = "([^"]+)"/m.exec(cargo)?.[1];
if (manifest.version !== version) {
  throw new Error(
    `pkg/package.json has the version ${manifest.version}, Cargo.toml ${version}; ` +
      `Cargo.toml's counts: npm version ${version} --workspace pkg --no-git-tag-version`,
  );
}

for (const file of readdirSync(here("dist"))) if (file !== "wasm") rmSync(here(`dist/${file}`), { recursive: true });

const common = {
  bundle: true,
  target: "es2022",
  alias: { "#glue": here("dist/wasm/jitp.js") },
  // Names stay readable: the glue is small, and whoever bundles it minifies it.
  minifySyntax: true,
  legalComments: "none",
  logLevel: "warning",
};
await build({ ...common, entryPoints: [here("src/web.ts")], outfile: here("dist/web.js"), format: "esm", platform: "browser" });
await build({ ...common, entryPoints: [here("src/node.ts")], outfile: here("dist/node.js"), format: "esm", platform: "node" });
await build({
  ...common,
  entryPoints: [here("src/node.ts")],
  outfile: here("dist/node.cjs"),
  format: "cjs",
  platform: "node",
  // CommonJS has no import.meta.
  define: { "import.meta.url": "__jitpUrl" },
  banner: { js: 'const __jitpUrl = require("node:url").pathToFileURL(__filename).href;' },
});
const cli = await build({
  ...common,
  entryPoints: [here("src/cli/main.ts")],
  outfile: here("dist/cli.js"),
  format: "esm",
  platform: "node",
  // It is run, not bundled again.
  minify: true,
  metafile: true,
  // The command line uses the package as everybody does, by its name.
  external: ["jitp"],
  define: { JITP_VERSION: JSON.stringify(version) },
  banner: { js: '#!/usr/bin/env node\nimport { createRequire } from "node:module";const require = createRequire(import.meta.url);' },
});
chmodSync(here("dist/cli.js"), 0o755);
writeFileSync(here("dist/cli.licences.txt"), licences(cli.metafile));

copyFileSync(here("dist/wasm/jitp_bg.wasm"), here("dist/jitp_bg.wasm"));
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(here(`../${licence}`), here(licence));
// Findings lead to docs/rules.md, in the repository and in the package.
mkdirSync(here("docs"), { recursive: true });
copyFileSync(here("../docs/rules.md"), here("docs/rules.md"));

const require = createRequire(import.meta.url);
const tsc = require.resolve("typescript/package.json").replace("package.json", "bin/tsc");
execFileSync(process.execPath, [tsc, "-p", here("tsconfig.declarations.json")], { stdio: "inherit" });
// The same declarations for CommonJS, whose relative imports have to name .cjs.
for (const name of ["types", "api", "node"]) {
  const declarations = readFileSync(here(`dist/${name}.d.ts`), "utf8");
  writeFileSync(here(`dist/${name}.d.cts`), declarations.replaceAll(/(from "\.\/\w+)\.js"/g, '$1.cjs"'));
}

/** The licences of the packages that a bundle holds: each asks to be copied along. */
function licences({ inputs }) {
  const folders = Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence to copy along`);
    return `${name} ${version}, ${license}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  });
  return `dist/cli.js holds these packages.\n\n${texts.join("\n---\n\n")}`;
}

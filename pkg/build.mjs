// Builds dist/ from src/ and from what wasm-pack has left in dist/wasm/ (see xtask): two thin entries and one wasm file.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

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
copyFileSync(here("dist/wasm/jitp_bg.wasm"), here("dist/jitp_bg.wasm"));
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(here(`../${licence}`), here(licence));
// Findings lead to docs/rules.md, in the repository and in the package.
mkdirSync(here("docs"), { recursive: true });
copyFileSync(here("../docs/rules.md"), here("docs/rules.md"));

const require = createRequire(import.meta.url);
const tsc = require.resolve("typescript/package.json").replace("package.json", "bin/tsc");
execFileSync(process.execPath, [tsc, "-p", here("tsconfig.json")], { stdio: "inherit" });
// The same declarations for CommonJS, whose relative imports have to name .cjs.
for (const file of readdirSync(here("dist"), { recursive: true })) {
  if (!/^(?!wasm\b|web\.|element\.).*\.d\.ts$/.test(file)) continue;
  const declarations = readFileSync(here(`dist/${file}`), "utf8");
  writeFileSync(here(`dist/${file.replace(/ts$/, "cts")}`), declarations.replaceAll(/(from "\.{1,2}\/[\w/-]+)\.js"/g, '$1.cjs"'));
}

// The element is the page's, built from its sources for others' pages; it needs what stands in dist/ by now.
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
execFileSync(npm, ["run", "build:element", "-w", "www"], { cwd: here(".."), stdio: ["ignore", "ignore", "inherit"] });

// Builds dist/ from src/ and from what wasm-pack has left in dist/wasm/ (see xtask): thin entries, the command line, and one wasm file.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "esbuild";
import { licences } from "./licences.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const read = (path) => readFileSync(here(path), "utf8");

/** `from "./types.js"` and `import("./types.js")` in declarations. */
const RELATIVE = /((?:from |import\()")(\.{1,2}\/[\w./-]+)\.js"/g;

const version = checkedVersion();
for (const file of readdirSync(here("dist"))) if (file !== "wasm") rmSync(here(`dist/${file}`), { recursive: true });

/** What esbuild makes: a row an entry. */
const ENTRIES = [
  { in: "web.ts", out: "web.js", format: "esm", platform: "browser" },
  { in: "node.ts", out: "node.js", format: "esm", platform: "node" },
  {
    in: "node.ts",
    out: "node.cjs",
    format: "cjs",
    platform: "node",
    // CommonJS has no import.meta.
    define: { "import.meta.url": "__jitpUrl" },
    banner: { js: 'const __jitpUrl = require("node:url").pathToFileURL(__filename).href;' },
  },
  { in: "node-worker.ts", out: "node-worker.js", format: "esm", platform: "node" },
  // It runs as a module and as a classic script, and as a text in the inline entry.
  { in: "worker.ts", out: "worker.js", format: "iife", platform: "neutral", define: { "import.meta.url": "undefined" }, minify: true },
  ...["js", "cjs"].map((ending) => ({
    in: "inline.ts",
    out: `inline.${ending}`,
    format: ending === "js" ? "esm" : "cjs",
    platform: "neutral",
    inject: [here("src/inline-globals.ts")],
    plugins: [beside("#inline-wasm", `./inline-wasm.${ending}`), beside("#inline-worker", `./inline-worker.${ending}`)],
    // Whoever tells the glue its wasm is asked for no address.
    define: { "import.meta.url": "undefined" },
  })),
  {
    in: "cli/main.ts",
    out: "cli.js",
    format: "esm",
    platform: "node",
    // It is run, not bundled again.
    minify: true,
    // The command line uses the package as everybody does, by its name.
    external: ["jitp"],
    define: { JITP_VERSION: JSON.stringify(version) },
    banner: { js: '#!/usr/bin/env node\nimport { createRequire } from "node:module";const require = createRequire(import.meta.url);' },
  },
];

/** What a class of the glue does as the module is loaded. Our classes call `free` by themselves, and with it no bundler could leave out a class. */
const DISPOSE = /^if \(Symbol\.dispose\) \w+\.prototype\[Symbol\.dispose\] = \w+\.prototype\.free;$/gm;

/** Adds what the glue does not tell: the compiled module, which a pool hands to its workers. Leaves out what each class does at once. */
const GLUE = {
  name: "glue",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]dist[\\/]wasm[\\/]jitp\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8");
      if (!contents.includes("let wasmModule"))
        throw new Error("the glue of wasm-bindgen has another name for its module: see pkg/build.mjs");
      if (contents.match(DISPOSE)?.length !== contents.match(/^(?:export )?class /gm)?.length)
        throw new Error("the classes of wasm-bindgen do something else as they are loaded: see pkg/build.mjs");
      return { contents: `${contents.replace(DISPOSE, "")}\nexport function compiledModule() { return wasmModule; }\n`, loader: "js" };
    }),
};

for (const { in: source, out, ...options } of ENTRIES) {
  const { metafile } = await build({
    bundle: true,
    target: "es2022",
    alias: { "#glue": here("dist/wasm/jitp.js") },
    // Names stay readable: the glue is small, and whoever bundles it minifies it.
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    entryPoints: [here(`src/${source}`)],
    outfile: here(`dist/${out}`),
    ...options,
    plugins: [GLUE, ...(options.plugins ?? [])],
  });
  licences(
    out,
    Object.keys(metafile.inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
}
chmodSync(here("dist/cli.js"), 0o755);
const worker = JSON.stringify(readFileSync(here("dist/worker.js"), "utf8"));
writeFileSync(here("dist/inline-worker.js"), `export default ${worker};\n`);
writeFileSync(here("dist/inline-worker.cjs"), `module.exports = ${worker};\n`);
const inline = JSON.stringify(deflateRawSync(readFileSync(here("dist/wasm/jitp_bg.wasm")), { level: 9 }).toString("base64"));
writeFileSync(here("dist/inline-wasm.js"), `export default ${inline};\n`);
writeFileSync(here("dist/inline-wasm.cjs"), `module.exports = ${inline};\n`);
for (const file of ["jitp_bg.wasm", "jitp_bg.licences.txt"]) copyFileSync(here(`dist/wasm/${file}`), here(`dist/${file}`));
for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(here(`../${licence}`), here(licence));
// Findings lead to docs/rules.md, in the repository and in the package.
mkdirSync(here("docs"), { recursive: true });
copyFileSync(here("../docs/rules.md"), here("docs/rules.md"));
declarations();

/** A module that stays a file of its own, because it is large and several load it. */
function beside(name, path) {
  return { name, setup: ({ onResolve }) => onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path, external: true })) };
}

/** Cargo.toml is the one place where the version is written by hand. */
function checkedVersion() {
  const wanted = /^\[workspace\.package\]\s+version = "([^"]+)"/m.exec(read("../Cargo.toml"))?.[1];
  const { version: found } = JSON.parse(read("package.json"));
  if (found === wanted) return wanted;
  throw new Error(
    `pkg/package.json has the version ${found}, Cargo.toml ${wanted}, which counts: ` +
      `npm version ${wanted} --workspace pkg --no-git-tag-version`,
  );
}

/** Declarations of all that the entries show, and the same for CommonJS, whose relative imports have to name .cjs. */
function declarations() {
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", here("tsconfig.declarations.json")], { stdio: "inherit" });
  copyFileSync(here("src/jitp_bg.wasm.d.ts"), here("dist/jitp_bg.wasm.d.ts"));
  // They need types of packages that this one does not have.
  for (const file of readdirSync(here("frameworks"))) copyFileSync(here(`frameworks/${file}`), here(`dist/element-${file}`));
  const shown = reachable(exported(".d.ts"));
  for (const file of readdirSync(here("dist"), { recursive: true })) {
    const name = file.replaceAll("\\", "/");
    if (name.endsWith(".d.ts") && !name.startsWith("wasm/") && !shown.has(name.slice(0, -5))) rmSync(here(`dist/${name}`));
  }
  for (const name of reachable(exported(".d.cts"))) {
    writeFileSync(here(`dist/${name}.d.cts`), read(`dist/${name}.d.ts`).replaceAll(RELATIVE, '$1$2.cjs"'));
  }
}

/** The names of the declarations that the manifest's exports lead to: what no export shows is not shipped. */
function exported(ending) {
  const names = [];
  JSON.stringify(JSON.parse(read("package.json")).exports, (_, value) => {
    if (typeof value === "string" && value.endsWith(ending)) names.push(value.slice("./dist/".length, -ending.length));
    return value;
  });
  return names;
}

function reachable(names, found = new Set()) {
  for (const name of names) {
    if (found.has(name)) continue;
    found.add(name);
    const imports = [...read(`dist/${name}.d.ts`).matchAll(RELATIVE)].map(([, , path]) => posix.join(posix.dirname(name), path));
    reachable(imports, found);
  }
  return found;
}

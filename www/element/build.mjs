// Builds the element into the package, and then the page about embedding, which runs it, into the site. The package must be built; the site
// too, since its build empties its folder.
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { dependencies, licences } from "../../pkg/licences.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const DIST = "../../pkg/dist";

// An earlier build may have left parts under other names.
for (const file of readdirSync(here(DIST))) if (/^element[-.].*(js|txt)$/.test(file)) rmSync(here(`${DIST}/${file}`));
const run = (config) => build({ root: here("."), configFile: here(config), logLevel: "warn" });
await run("vite.loader.config.ts");
await run("vite.config.ts");
licences("element.js", dependencies("www/element"));
await run("vite.embedding.config.ts");

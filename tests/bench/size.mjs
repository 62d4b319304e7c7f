// Sizes of the built package's wasm and JavaScript: raw, gzip -9 and brotli 11, in bytes, as JSON.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = fileURLToPath(new URL("../../pkg/dist/", import.meta.url));

/**
 * The sizes of every wasm and JavaScript file that the package ships, wasm first. dist/wasm holds their sources and is not counted. `quick` presses brotli
 * less hard, which is most of the time.
 */
export function sizes(quick = false) {
  return readdirSync(dist)
    .filter((name) => /\.(wasm|[cm]?js)$/.test(name))
    .sort((a, b) => Number(b.endsWith(".wasm")) - Number(a.endsWith(".wasm")) || a.localeCompare(b))
    .map((file) => {
      const bytes = readFileSync(join(dist, file));
      const brotli = brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: quick ? 1 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
      return { file, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length };
    });
}

/** The package as npm packs it: the bytes to download, the bytes unpacked, and the number of files. */
export function packed() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const said = execFileSync(npm, ["pack", "--dry-run", "--json"], { cwd: join(dist, ".."), encoding: "utf8" });
  // npm 11 gives a list, later versions an object by name.
  const [{ size, unpackedSize, entryCount }] = Object.values(JSON.parse(said));
  return { packed: size, unpacked: unpackedSize, files: entryCount };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(sizes()));

// The licences of the packages that a bundle in dist/ holds: each must be copied with it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The folders of the packages that a workspace needs when it runs, and of those that they need. Workspaces lead to theirs. */
export function dependencies(workspace, found = new Set()) {
  const { dependencies: names = {} } = JSON.parse(readFileSync(here(`../${workspace}/package.json`), "utf8"));
  for (const name of Object.keys(names)) {
    const folder = here(`../node_modules/${name}`);
    if (name === "jitp" || found.has(folder)) continue;
    if (!name.startsWith("jitp-")) found.add(folder);
    dependencies(`node_modules/${name}`, found);
  }
  return found;
}

/** The licences of the packages in these folders, as one text. */
export function texts(folders) {
  const found = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence to copy`);
    return `${name} ${version}, ${license}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
  });
  return found.join("\n---\n\n");
}

/** Writes the licences next to the bundle. */
export function licences(bundle, folders) {
  const text = texts(folders);
  if (text === "") return;
  // Both forms of a bundle contain the same.
  const name = bundle.replace(/\.c?js$/, "");
  writeFileSync(here(`dist/${name}.licences.txt`), `${name}.js and its chunks contain these packages.\n\n${text}`);
}

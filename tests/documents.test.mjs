// Every file that a document names exists, every link between documents leads somewhere, and no source is too long to hold in the head.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import { TABLE } from "./imports/matrix.mjs";
import { root } from "./packed.mjs";

/** Folders that a build or a tool creates. Their files are not in the repository. */
const CREATED = new Set([".git", "target", "node_modules", "dist", "output"]);

/** All files by their paths. A copy without Git has them, too. */
function walk(folder = "") {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return CREATED.has(entry.name) ? [] : walk(path);
  });
}
const files = walk();
const documents = files.filter((file) => file.endsWith(".md") && !file.startsWith("crate/tests/data/"));
const names = new Set(files.map((file) => posix.basename(file)));
const folders = new Set(files.flatMap((file) => file.split("/").map((_, end, parts) => parts.slice(0, end).join("/"))));

/** Folders that a build creates. Their files are not in the repository. */
const BUILT = /^(target|node_modules|pkg\/dist|www\/dist)\//;
/** Documents that name only files of the repository. The others also name files of the user; docs/STYLE.md has links. */
const OURS = ["CONTRIBUTING.md", "SECURITY.md", "docs/ARCHITECTURE.md"];

/** The paths and file names in code spans. A word in capitals, such as CODE-what.json, stands for many: its folder counts. */
function named(text) {
  const spans = [...text.replace(/```[^]*?```/g, "").matchAll(/`([^`\s]+)`/g)].map(([, span]) => span);
  return spans
    .filter(
      (span) =>
        /^[\w.@/-]+$/.test(span) && (/^(crate|pkg|www|tests|docs|xtask|\.github)\//.test(span) || /^[\w.-]+\.(rs|ts|mjs)$/.test(span)),
    )
    .filter((span) => !BUILT.test(span))
    .map((span) => (/\bCODE\b/.test(span) ? `${dirname(span)}/` : span));
}

for (const document of OURS)
  test(`${document} names files that exist`, () => {
    const found = named(readFileSync(join(root, document), "utf8"));
    assert.ok(found.length > 0, "it names files");
    const absent = found.filter((path) => {
      const plain = path.replace(/\/$/, "");
      return !(path.includes("/") ? files.includes(plain) || folders.has(plain) : names.has(path));
    });
    assert.deepEqual(absent, []);
  });

test("links between documents lead to files, and to headings in them", () => {
  const anchors = new Map();
  const anchorsOf = (file) => {
    if (!anchors.has(file)) {
      const text = readFileSync(join(root, file), "utf8");
      const headings = [];
      for (const [, heading] of text.replace(/```[^]*?```/g, "").matchAll(/^#+ (.*)$/gm)) {
        const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "");
        const slug = words.trim().replaceAll(" ", "-");
        // The second heading of the same words gets a number.
        const earlier = headings.filter((other) => other.slug === slug).length;
        headings.push({ slug, id: earlier === 0 ? slug : `${slug}-${earlier}` });
      }
      anchors.set(file, new Set([...headings.map(({ id }) => id), ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id)]));
    }
    return anchors.get(file);
  };
  const broken = [];
  let links = 0;
  for (const document of documents) {
    const text = readFileSync(join(root, document), "utf8").replace(/```[^]*?```/g, "");
    for (const [, inText, below] of text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)|^\[[^\]]+\]: (?!https?:)(\S+)$/gm)) {
      const link = inText ?? below;
      links += 1;
      const [path, anchor] = link.split("#");
      // The build copies docs/rules.md into the package.
      const target = path === "" ? document : posix.join(posix.dirname(document), path).replace(/^pkg\/docs\//, "docs/");
      const there = files.includes(target) || folders.has(target.replace(/\/$/, ""));
      if (!there || (anchor && target.endsWith(".md") && !anchorsOf(target).has(anchor))) broken.push(`${document}: ${link}`);
    }
  }
  assert.ok(links > 100, `${links} links`);
  assert.deepEqual(broken, []);
});

/** `cargo xtask docs` writes these. */
const GENERATED = ["pkg/src/rules.ts", "pkg/src/shapes.ts", "pkg/src/regions.ts"];
const MOST_LINES = 400;

test(`no source that is written by hand has more than ${MOST_LINES} lines`, () => {
  const sources = files.filter((file) => /\.(rs|ts|mjs|css|sh|html)$/.test(file) && !GENERATED.includes(file));
  assert.ok(sources.length > 400, "it finds the sources");
  const long = sources.filter((file) => readFileSync(join(root, file), "utf8").split("\n").length - 1 > MOST_LINES);
  assert.deepEqual(long, []);
});

test("the tables of tools in the READMEs are those that the tools are tested with", () => {
  for (const name of ["README.md", "pkg/README.md"]) {
    const [, table] = /## With your tools\n[\s\S]*?\n(\|[\s\S]*?)\n\n/.exec(readFileSync(join(root, name), "utf8")) ?? [];
    assert.equal(table, TABLE, name);
  }
});

// The types of <jitp-playground> in each framework, by its own tool under strict rules: what is right compiles, and each line with a fault is
// reported. The packages are those of the workspace, because only they have a version in the lockfile.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

// Below the workspace, so that imports find its packages.
const FOLDER = fileURLToPath(new URL("./output/element-types", import.meta.url));
after(() => rmSync(FOLDER, { recursive: true, force: true }));

const bin = (name, file, from = import.meta.url) => join(dirname(createRequire(from).resolve(`${name}/package.json`)), file);

const STRICT = {
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable", "ESNext.Disposable"],
  module: "ESNext",
  moduleResolution: "Bundler",
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
};

/** JSX in which each line with the word WRONG has a fault. */
const jsx = (framework, read, listen) => `
import "jitp/element/${framework}";
import type { PlaygroundAnswer } from "jitp/element/${framework}";
const text = "{}";
const told = ({ detail }: CustomEvent<PlaygroundAnswer>) => { console.log(detail.plan?.verdict, detail.report.diagnostics); };
export const all = <jitp-playground id="one" template={text} src="meter.json" lines="3-5" sizing="content" certificate={null} view="plan" readOnly theme="dark" flow="fleet" parameters={{ SerialNumber: "1" }} region="eu-west-1" accountId="123456789012" serialNumber="subject" now={new Date()} rules="/rules#" headingLevel={3} loading="eager" ${listen}={told} />;
export const attributes = <jitp-playground read-only account-id="123456789012" serial-number="auto" heading-level="3" template={{ Resources: {} }} />;
export const inside = <jitp-playground><pre>{text}</pre></jitp-playground>;
${read}
export const wrongView = <jitp-playground view="paln" />; // WRONG
export const wrongName = <jitp-playground readonly2 />; // WRONG
export const wrongFlow = <jitp-playground flow={3} />; // WRONG
export const wrongHyphen = <jitp-playground serial-number="none" />; // WRONG
export const wrongListener = <jitp-playground ${listen}={(event: MouseEvent) => event.button} />; // WRONG
`;
const ref = `import { useRef } from "react";
export function App() {
  const one = useRef<import("jitp/element/react").JitpPlayground>(null);
  return <jitp-playground ref={one} className="wide" key="one" onClick={() => console.log(one.current?.answer)} />;
}`;

const VUE = `<script setup lang="ts">
import "jitp/element/vue";
import type { PlaygroundAnswer } from "jitp/element/vue";
const told = ({ detail }: CustomEvent<PlaygroundAnswer>) => { console.log(detail.plan?.verdict); };
</script>
<template>
  <jitp-playground id="one" class="wide" template="#lamps" view="plan" read-only :parameters="{ SerialNumber: '1' }" :heading-level="3" account-id="123456789012" loading="eager" @jitp-plan="told" />
  <jitp-playground view="paln" /> <!-- WRONG -->
  <jitp-playground :flow="3" /> <!-- WRONG -->
  <jitp-playground templat="{}" /> <!-- WRONG -->
  <jitp-playground serial-number="none" /> <!-- WRONG -->
</template>
`;

const SVELTE = `<script lang="ts">
  import "jitp/element/svelte";
  import type { PlaygroundAnswer } from "jitp/element/svelte";
  const told = ({ detail }: CustomEvent<PlaygroundAnswer>) => { console.log(detail.plan?.verdict); };
</script>
<jitp-playground id="one" class="wide" template="#lamps" view="plan" readOnly parameters={{ SerialNumber: "1" }} heading-level={3} account-id="123456789012" loading="eager" onjitp-plan={told}></jitp-playground>
<jitp-playground view="paln"></jitp-playground> <!-- WRONG -->
<jitp-playground flow={3}></jitp-playground> <!-- WRONG -->
<jitp-playground templat="x"></jitp-playground> <!-- WRONG -->
<jitp-playground serial-number="none"></jitp-playground> <!-- WRONG -->
`;

/** That of the package's build, which is the fast one. */
const tsc = bin("typescript", "bin/tsc", new URL("../pkg/build.mjs", import.meta.url));
/** What each framework's tool checks, and how it says in which line a fault is. */
const TOOLS = {
  "React 19": { file: "app.tsx", source: jsx("react", ref, "onjitp-plan"), options: { jsx: "react-jsx" }, run: [tsc, "-p", "."] },
  "React 18": {
    file: "app.tsx",
    source: jsx("react", ref, "onjitp-plan"),
    options: {
      jsx: "react-jsx",
      paths: Object.fromEntries(
        ["", "/jsx-runtime"].map((part) => [`react${part}`, [bin("types-react-18", part ? "jsx-runtime.d.ts" : "index.d.ts")]]),
      ),
    },
    run: [tsc, "-p", "."],
  },
  Solid: {
    file: "app.tsx",
    source: jsx("solid", `export const spelled = <jitp-playground prop:template={text} attr:read-only="" />;`, "on:jitp-plan"),
    options: { jsx: "preserve", jsxImportSource: "solid-js" },
    run: [tsc, "-p", "."],
  },
  Vue: {
    file: "App.vue",
    source: VUE,
    options: {},
    more: { vueCompilerOptions: { strictTemplates: true } },
    // With the TypeScript of the tests, because it works with none that is not JavaScript.
    run: ["-e", `require("vue-tsc").run(${JSON.stringify(bin("typescript", "lib/tsc.js"))})`, "vue-tsc", "-p", "."],
  },
  Svelte: {
    file: "App.svelte",
    source: SVELTE,
    options: { verbatimModuleSyntax: true },
    run: [bin("svelte-check", "bin/svelte-check"), "--workspace", ".", "--output", "machine", "--threshold", "error"],
  },
};

for (const [name, { file, source, options, more = {}, run }] of Object.entries(TOOLS)) {
  test(`${name} knows the element: what is right compiles, and nothing else does`, async () => {
    const folder = join(FOLDER, name.replace(" ", "-"));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), source);
    const config = {
      compilerOptions: { ...STRICT, skipLibCheck: !["React 19", "Solid"].includes(name), ...options },
      include: [file],
      ...more,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const said = await new Promise((done) => execFile(process.execPath, run, { cwd: folder }, (_, out, err) => done(out + err)));
    const found = [...said.matchAll(/(?:App|app)\.\w+"?[(: ]+(\d+)[,:]/g)].map(([, line]) => Number(line));
    const wrong = source.split("\n").flatMap((line, at) => (line.includes("WRONG") ? [at + 1] : []));
    assert.ok(wrong.length >= 4);
    assert.deepEqual([...new Set(found)], wrong, said);
    assert.doesNotMatch(said, /node_modules|pkg\/dist/, "the declarations themselves are right");
  });
}

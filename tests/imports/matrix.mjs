/**
 * The tools that the package is imported with: a row a tool, in the order of the table in the READMEs. `folder` has the project, of which each
 * row gets its own copy; `steps` are the commands that the tool's documentation gives, then `copy` copies files; `answers` says how the
 * outcome is run, and each must give the plan that Node gives.
 *
 * @typedef {{ node: string }} Program a file that Node runs, and that prints the plan
 * @typedef {{ run: string[] }} Command a command that prints the plan
 * @typedef {{ page: string }} Page a folder with a page that shows the plan
 * @typedef {{ tests: string[], passed: number }} Tests a test runner, which prints its result as JSON, and how many tests compare the plan
 * @typedef {{ serve: string[], pages: { path: string, scripts: boolean }[] }} Server a server of pages that show the plan, with scripts of theirs or without
 * @typedef {{ tool: string, needs: string, folder: string, steps?: string[][], copy?: [string, string][], answers: (Program | Command | Page | Tests | Server)[] }} Row
 */

/** What a row says if the import is all. */
const NOTHING = "nothing";
const INIT = "`await init()`";
const NODE = [{ node: "dist/server.mjs" }];

/** @type {Row[]} */
export const MATRIX = [
  { tool: "Node.js, `import` and `require`", needs: NOTHING, folder: "node", answers: [{ node: "main.mjs" }, { node: "main.cjs" }] },
  {
    tool: "TypeScript with `nodenext`",
    needs: NOTHING,
    folder: "typescript-nodenext",
    steps: [["tsc"]],
    answers: [{ node: "main.mjs" }, { node: "main.cjs" }],
  },
  {
    tool: "TypeScript with `bundler`",
    needs: INIT,
    folder: "typescript-bundler",
    steps: [["tsc"], ["vite", "build", "--base=./", "--logLevel=warn"]],
    answers: [{ page: "dist" }],
  },
  { tool: "Vite, a page", needs: INIT, folder: "vite", steps: [["vite", "build"]], answers: [{ page: "dist" }] },
  {
    tool: "Vite, its development server",
    needs: INIT,
    folder: "vite",
    answers: [{ serve: ["vite", "--host=127.0.0.1", "--port=0", "--logLevel=info"], pages: [{ path: "", scripts: true }] }],
  },
  { tool: "Vite, on the server", needs: NOTHING, folder: "vite-ssr", steps: [["vite", "build"]], answers: NODE },
  {
    tool: "Vite, a library",
    needs: INIT,
    folder: "vite-library",
    steps: [["vite", "build"]],
    copy: [
      ["use.html", "dist/index.html"],
      ["input.mjs", "dist/input.js"],
    ],
    answers: [{ page: "dist" }],
  },
  {
    tool: "webpack, a page",
    needs: INIT,
    folder: "webpack",
    steps: [["webpack", "--config-name=page"]],
    copy: [["index.html", "dist/index.html"]],
    answers: [{ page: "dist" }],
  },
  {
    tool: "webpack, on the server",
    needs: NOTHING,
    folder: "webpack",
    steps: [["webpack", "--config-name=server"]],
    answers: [{ node: "dist/server.cjs" }],
  },
  {
    tool: "Rspack, a page",
    needs: INIT,
    folder: "rspack",
    steps: [["rspack", "build", "--config-name=page"]],
    copy: [["index.html", "dist/index.html"]],
    answers: [{ page: "dist" }],
  },
  {
    tool: "Rspack, on the server",
    needs: NOTHING,
    folder: "rspack",
    steps: [["rspack", "build", "--config-name=server"]],
    answers: [{ node: "dist/server.cjs" }],
  },
  {
    tool: "esbuild, a page",
    needs: '`import wasm from "jitp/jitp_bg.wasm"`, `await init(wasm)`, and `--loader:.wasm=file`',
    folder: "esbuild",
    steps: [["esbuild", "main.js", "--bundle", "--format=esm", "--loader:.wasm=file", "--outdir=dist", "--log-level=warning"]],
    copy: [["index.html", "dist/index.html"]],
    answers: [{ page: "dist" }],
  },
  {
    tool: "esbuild, for Node.js (ESM and CommonJS, as for AWS Lambda)",
    needs: NOTHING,
    folder: "esbuild",
    steps: [
      ["esbuild", "server.js", "--bundle", "--platform=node", "--format=esm", "--outfile=dist/server.mjs", "--log-level=warning"],
      ["esbuild", "server.js", "--bundle", "--platform=node", "--format=cjs", "--outfile=dist/server.cjs", "--log-level=warning"],
    ],
    answers: [...NODE, { node: "dist/server.cjs" }],
  },
  {
    tool: "Rollup, a page",
    needs: `${INIT}, and \`jitp_bg.wasm\` copied from \`node_modules/jitp/dist/\` to the bundle`,
    folder: "rollup",
    steps: [["rollup", "--config", "--silent"]],
    copy: [
      ["index.html", "dist/index.html"],
      ["../node_modules/jitp/dist/jitp_bg.wasm", "dist/jitp_bg.wasm"],
    ],
    answers: [{ page: "dist" }],
  },
  { tool: "Rollup, for Node.js", needs: NOTHING, folder: "rollup", steps: [["rollup", "--config", "--silent"]], answers: NODE },
  {
    tool: "Parcel",
    needs: INIT,
    folder: "parcel",
    steps: [["parcel", "build", "--public-url=./", "--no-cache", "--no-source-maps", "--log-level=warn"]],
    answers: [{ page: "dist" }],
  },
  ...["turbopack", "webpack"].map((bundler) => ({
    tool: `Next.js with ${bundler === "webpack" ? "webpack" : "Turbopack"}`,
    needs: `on the server ${NOTHING}, in a client component ${INIT}`,
    folder: "next",
    steps: [["next", "build", `--${bundler}`]],
    answers: [
      {
        serve: ["next", "start", "--port=0", "--hostname=127.0.0.1"],
        pages: [
          { path: "server", scripts: false },
          { path: "client", scripts: true },
        ],
      },
    ],
  })),
  { tool: "Jest, Node and jsdom", needs: NOTHING, folder: "jest", answers: [{ tests: ["jest", "--json", "--ci"], passed: 2 }] },
  { tool: "Vitest", needs: NOTHING, folder: "vitest", answers: [{ tests: ["vitest", "run", "--reporter=json"], passed: 1 }] },
  { tool: "Deno", needs: "`--allow-read`", folder: "deno", answers: [{ run: ["deno", "run", "--no-prompt", "--allow-read", "main.mjs"] }] },
  { tool: "Bun", needs: NOTHING, folder: "bun", answers: [{ run: ["bun", "main.mjs"] }] },
  {
    tool: "Bun, a single executable",
    needs: NOTHING,
    folder: "bun",
    steps: [["bun", "build", "--compile", "main.mjs", "--outfile=alone/program"]],
    answers: [{ run: ["./alone/program"] }],
  },
  {
    tool: "workerd (Cloudflare Workers)",
    needs: '`import wasm from "jitp/jitp_bg.wasm"` and `initSync(wasm)`',
    folder: "workerd",
    steps: [
      [
        "esbuild",
        "main.js",
        "--bundle",
        "--format=esm",
        "--conditions=workerd,worker,browser",
        "--external:jitp/jitp_bg.wasm",
        "--outfile=dist/main.js",
        "--log-level=warning",
      ],
    ],
    copy: [["../node_modules/jitp/dist/jitp_bg.wasm", "dist/jitp_bg.wasm"]],
    answers: [{ serve: ["workerd", "serve", "config.capnp", "--control-fd=1"], pages: [{ path: "", scripts: false }] }],
  },
];

/** The rows of the table in the READMEs. */
export const TABLE = ["| with | it needs |", "|---|---|", ...MATRIX.map(({ tool, needs }) => `| ${tool} | ${needs} |`)].join("\n");

const common = { mode: "production", performance: { hints: false } };

export default [
  { ...common, name: "page", entry: "./main.js", output: { filename: "main.js" } },
  { ...common, name: "server", entry: "./server.js", target: "node", output: { filename: "server.cjs" } },
];

import resolve from "@rollup/plugin-node-resolve";

const onwarn = ({ message }) => {
  throw new Error(message);
};

export default [
  { input: "main.js", output: { dir: "dist" }, plugins: [resolve({ browser: true })], onwarn },
  { input: "server.js", output: { file: "dist/server.mjs" }, plugins: [resolve({ exportConditions: ["node"] })], onwarn },
];

export default {
  logLevel: "warn",
  // The whole program in one file, as for a container or a function.
  ssr: { noExternal: true },
  build: { ssr: "server.js", outDir: "dist", rollupOptions: { output: { entryFileNames: "server.mjs" } } },
};

export default {
  logLevel: "warn",
  build: { lib: { entry: "main.js", formats: ["es"], fileName: () => "library.js" } },
};

import { fileURLToPath } from "node:url";

// The tools are installed one folder up, for all of these projects.
const root = fileURLToPath(new URL("..", import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root };

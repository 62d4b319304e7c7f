import recipe from "./recipe.config.js";

export default {
  title: "Water meters",
  url: "http://127.0.0.1",
  baseUrl: "/some/where/",
  trailingSlash: true,
  onBrokenLinks: "throw",
  presets: [["classic", { docs: { routeBasePath: "/", sidebarPath: "./sidebars.js" }, blog: false }]],
  ...recipe,
};

import recipe from "./recipe.config.mjs";

export default { ...recipe, base: "/some/where/" };

import { defineConfig } from "vitepress";
import recipe from "./recipe.config.mjs";

export default defineConfig({ title: "Water meters", base: "/some/where/", ...recipe });

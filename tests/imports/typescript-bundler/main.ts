import init, { dryRun, type Plan } from "jitp";
import { certificate, options, template } from "./input.mjs";

await init();
const plan: Plan = dryRun(template, certificate, options);
document.body.textContent = JSON.stringify(plan);

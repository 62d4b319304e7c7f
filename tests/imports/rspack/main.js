import init, { dryRun } from "jitp";
import { certificate, options, template } from "./input.mjs";

await init();
document.body.textContent = JSON.stringify(dryRun(template, certificate, options));

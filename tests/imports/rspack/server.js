import { dryRun } from "jitp";
import { certificate, options, template } from "./input.mjs";

console.log(JSON.stringify(dryRun(template, certificate, options)));

import { dryRun, type Plan } from "jitp";
import { certificate, options, template } from "./input.cjs";

const plan: Plan = dryRun(template, certificate, options);
console.log(JSON.stringify(plan));

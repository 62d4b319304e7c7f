// Run in a new process: the time of the package to load, and to give its first plan. Prints milliseconds as JSON.
import { config } from "./template.mjs";
import { makeCertificates } from "./certificates.mjs";

const [{ pem }] = makeCertificates(1);
const began = performance.now();
const { dryRun } = await import("jitp");
const loaded = performance.now();
dryRun(config, pem);
const planned = performance.now();
console.log(JSON.stringify({ load: loaded - began, firstPlan: planned - began }));

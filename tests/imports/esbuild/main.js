import init, { dryRun } from "jitp";
import wasm from "jitp/jitp_bg.wasm";
import { certificate, options, template } from "./input.mjs";

await init(wasm);
document.body.textContent = JSON.stringify(dryRun(template, certificate, options));

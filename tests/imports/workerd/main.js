import { dryRun, initSync } from "jitp";
import wasm from "jitp/jitp_bg.wasm";
import { certificate, options, template } from "./input.mjs";

initSync(wasm);

export default {
  fetch: () => Response.json(dryRun(template, certificate, options)),
};

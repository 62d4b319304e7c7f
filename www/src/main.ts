/** The page: one playground that fills the window. */

import wasm from "jitp/jitp_bg.wasm?url";
import { cutTheLine } from "./cut-the-line.ts";
import { byId } from "./dom.ts";
import { mount } from "./playground.ts";

const playground = mount(byId(document.body, "playground"), { frame: "page", dropZone: window, wasm, loaded: cutTheLine });
void playground.ready.then(() => {
  document.documentElement.dataset["ready"] = "true";
});

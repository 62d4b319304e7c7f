/** Says how to check that the page keeps what it promises. */

import { openDialog } from "../ui/dialog.ts";
import { h, type Root } from "../ui/dom.ts";

/** Opens the note; `forget` forgets all that is kept. */
export function privacyDialog(root: Root, forget: () => void): void {
  const dialog = openDialog(
    root,
    "privacy",
    "How do I know that nothing is sent?",
    h(
      "ul",
      { class: "bullets" },
      h(
        "li",
        {},
        "Watch it. Open the network panel of your browser's developer tools and use everything: once the page is loaded, no line is added. (At the first visit it loads its files a second time, to keep them for later.)",
      ),
      h("li", {}, "Cut the line. Load the page once, go offline, and load it again: it works as before."),
      h(
        "li",
        {},
        "Read its policy. The page's head says, for the browser to enforce, that scripts come from its own server only; and after the load it adds ",
        h("code", {}, "connect-src 'none'"),
        ", which no script of it can take back. From then on the page and what computes the plans can connect to nothing, not even to that server. Its service worker asks for the page's own files, when you open the page, and for nothing else.",
      ),
      h("li", {}, "Read the source. There is no analytics, no font, no script of anybody else's."),
    ),
    h("h3", { class: "dialog-subtitle" }, "What is kept"),
    h(
      "p",
      {},
      "Your template, certificates and choices are kept in this browser's local storage, so that a reload does not lose them, and the page's own files for the next visit. Neither goes anywhere. A private key is never kept. A link that you share carries what you choose, and goes where you send it.",
    ),
    h(
      "div",
      { class: "toolbar" },
      h(
        "button",
        {
          type: "button",
          class: "button",
          on: {
            click: () => {
              dialog.close();
              forget();
            },
          },
        },
        "Forget everything",
      ),
    ),
  );
}

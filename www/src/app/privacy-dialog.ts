/** The dialog that says how to check that nothing is sent. */

import { openDialog } from "../ui/dialog.ts";
import { h, type Root } from "../ui/dom.ts";

/** Opens it; `forget` removes all that is kept. */
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
        "Watch it. Open the network panel of your browser's developer tools and use everything: after the page is loaded, no request is added. (The first visit loads the files of the page twice, to keep them for the next visit.)",
      ),
      h("li", {}, "Go offline. Load the page once, disconnect, and load it again: everything works."),
      h(
        "li",
        {},
        "Read its policy. The page's content security policy, which the browser enforces, allows scripts from its own server only. After the load the page adds ",
        h("code", {}, "connect-src 'none'"),
        ", and no script can remove it. From then on neither the page nor its worker can connect to anything, not even to that server. The service worker requests the page's own files when you open the page, and nothing else.",
      ),
      h(
        "li",
        {},
        "Read the source. It has no analytics, and no fonts or scripts of third parties. ",
        h("a", { href: "./licences.txt", target: "_blank", rel: "noopener noreferrer" }, "Licences of the packages in it"),
      ),
    ),
    h("h3", { class: "dialog-subtitle" }, "What is kept"),
    h(
      "p",
      {},
      "This browser's local storage keeps your template, certificates and options, so that a reload does not lose them. The browser also keeps the page's own files for the next visit. Nothing of this is sent. A private key is never kept. A shared link contains what you choose, and goes to the people that you send it to.",
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

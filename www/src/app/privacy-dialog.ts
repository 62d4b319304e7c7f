/** The dialog that says how to check that nothing is sent. */

import { closingButton, openDialog } from "../ui/dialog.ts";
import { h, prose, type Root } from "../ui/dom.ts";
import { privacyWords as words } from "../words/privacy.ts";

/** Opens it; `forget` removes all that is kept. */
export function privacyDialog(root: Root, forget: () => void): void {
  const licences = h("a", { href: "./licences.txt", target: "_blank", rel: "noopener noreferrer" }, words.licences);
  const last = words.checks.length - 1;
  openDialog(
    root,
    "privacy",
    words.title,
    h(
      "ul",
      { class: "bullets" },
      ...words.checks.map((check, i) => h("li", {}, ...prose(check), i === last && " ", i === last && licences)),
    ),
    h("h3", { class: "dialog-subtitle" }, words.keptTitle),
    h("p", {}, words.kept),
    h("div", { class: "toolbar" }, closingButton(words.forget, forget)),
  );
}

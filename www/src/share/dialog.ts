/** Sharing: a link with the work in its hash, the same as an iframe, or a file where the link would be too long. */

import { openDialog } from "../ui/dialog.ts";
import { h, icon } from "../ui/dom.ts";
import type { Playground } from "../app/playground.ts";
import { LONG_LINK, toFile, toHash } from "./format.ts";
import { copy, save } from "../ui/copy-save.ts";

/** Opens the dialog. */
export async function shareDialog(playground: Playground): Promise<void> {
  await playground.looked();
  const work = playground.work();
  const count = work.certificates.length;
  const given = Object.values(work.parameters).some((value) => value !== "");
  const tick = h("input", { type: "checkbox", id: "share-certificates" });
  const address = h("textarea", {
    class: "share-link",
    id: "share-link",
    rows: 3,
    readonly: true,
    spellcheck: "false",
    "aria-describedby": "share-note",
    on: { focus: () => address.select() },
  });
  const note = h("p", { class: "share-note", id: "share-note", role: "status" });
  const { authority: _, ...others } = work;
  const shared = () => (tick.checked ? work : { ...others, certificates: [], chosen: 0 });
  const frame = () => {
    const [page, hash] = address.value.split("#");
    return `<iframe src="${page}?embed#${hash}" title="What AWS IoT provisioning does with this template" width="100%" height="640"></iframe>`;
  };
  let last: symbol | undefined;
  const update = async () => {
    const run = (last = Symbol());
    const hash = await toHash(shared());
    // Of two that are made at once the one that was asked for last stays.
    if (run !== last) return;
    address.value = `${location.href.split(/[?#]/, 1)[0]}${hash}`;
    const length = address.value.length.toLocaleString("en");
    const long = address.value.length > LONG_LINK;
    note.classList.toggle("text-warn", long);
    note.textContent = long
      ? `The link has ${length} characters. Many programs cut links of more than ${LONG_LINK.toLocaleString("en")}: save a file instead.`
      : `The link has ${length} characters.`;
  };
  tick.addEventListener("change", () => void update());
  const button = (title: string, mark: "copy" | "download", run: () => void) =>
    h("button", { type: "button", class: "button", on: { click: run } }, icon(mark), title);
  openDialog(
    playground.root,
    "share",
    "Share",
    h(
      "p",
      {},
      "The link carries the template",
      given ? ", its parameters" : "",
      " and what is chosen under What if. It is all in the part behind #, which browsers do not send to any server.",
    ),
    ...(count > 0
      ? [
          h(
            "p",
            { class: "share-choice" },
            tick,
            h(
              "label",
              { for: "share-certificates" },
              count === 1 ? "With the certificate" : `With the ${count.toLocaleString("en")} certificates`,
            ),
          ),
        ]
      : []),
    h("label", { class: "share-label", for: "share-link" }, "Link"),
    address,
    note,
    h(
      "div",
      { class: "toolbar" },
      button("Copy link", "copy", () => void copy(playground.root, address.value, "Link")),
      button("Copy as iframe", "copy", () => void copy(playground.root, frame(), "HTML of the iframe")),
      button("Save as file", "download", () => save(toFile(shared()), "jitp-work.json", "application/json")),
    ),
  );
  void update();
}

/** The dialog for sharing: a link with the work in its hash, the same as an iframe, or a file if the link is too long. */

import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root } from "../ui/dom.ts";
import type { Work } from "../model/work.ts";
import { LONG_LINK, toFile, toHash } from "./format.ts";
import { copy, save } from "../ui/copy-save.ts";

/** The part of a playground that this needs. */
export interface ShareHost {
  readonly root: Root;
  readonly state: { readonly account?: unknown };
  /** Searches the work for private keys, so that `work()` is up to date. */
  looked(): Promise<void>;
  work(): Work;
}

/** Opens the dialog. */
export async function shareDialog(host: ShareHost): Promise<void> {
  await host.looked();
  const work = host.work();
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
    // The later of two calls counts.
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
    host.root,
    "share",
    "Share",
    h(
      "p",
      {},
      "The link contains the template",
      given ? ", its parameters" : "",
      " and the What if options. All of it is after the #. Browsers do not send that part to any server.",
      host.state.account !== undefined && " What is known of the AWS account is not in it: an account is private.",
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
              count === 1 ? "Include the certificate" : `Include the ${count.toLocaleString("en")} certificates`,
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
      button("Copy link", "copy", () => void copy(host.root, address.value, "Link")),
      button("Copy as iframe", "copy", () => void copy(host.root, frame(), "HTML of the iframe")),
      button("Save as file", "download", () => save(toFile(shared()), "jitp-work.json", "application/json")),
    ),
  );
  void update();
}

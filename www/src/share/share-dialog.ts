/** The dialog for sharing: it copies a link with the work in its hash at once, and offers the same as Markdown, as an iframe or as a file. */

import type { Plan } from "jitp";
import { LONGEST_IN_SLICES } from "../model/bounds.ts";
import { fitting } from "../model/limits.ts";
import type { Work } from "../model/work.ts";
import { copy, save } from "../ui/copy-save.ts";
import { openDialog } from "../ui/dialog.ts";
import { h, icon, type Root } from "../ui/dom.ts";
import { documentsWords } from "../words/documents.ts";
import { shareWords as words } from "../words/share.ts";
import { LONG_LINK, toFile } from "./format.ts";
import { linkTo, withoutCertificates } from "./link.ts";

/** What a frame shows, and the height in pixels that it needs for that. */
const FRAMES = { full: 640, plan: 560, verdict: 240, editor: 480 };
type Frame = keyof typeof FRAMES;

/** The part of a playground that this needs. */
export interface ShareHost {
  readonly root: Root;
  readonly state: { readonly account?: unknown; readonly analysis?: { plan?: Plan } | undefined };
  /** Searches the work for private keys, so that `work()` is up to date. */
  looked(): Promise<void>;
  work(): Work;
}

/** Opens the dialog; `verdict` is that of the work, in a few words. */
export async function shareDialog(host: ShareHost, verdict: string): Promise<void> {
  await host.looked();
  const work = host.work();
  const bare = withoutCertificates(work, host.state.analysis?.plan);
  const count = work.certificates.length;
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
  const shared = (): Work => (tick.checked ? work : bare);
  const button = (title: string, mark: "copy" | "download", run: () => void) =>
    h("button", { type: "button", class: "button", on: { click: run } }, icon(mark), title);
  const view = h(
    "select",
    { id: "share-view" },
    ...(Object.keys(FRAMES) as Frame[]).map((name) => h("option", { value: name }, words.views[name])),
  );
  const frame = () => {
    const [page, hash] = address.value.split("#");
    const name = view.value as Frame;
    const asked = name === "full" ? "?embed" : `?embed&amp;view=${name}`;
    return `<iframe src="${page}${asked}#${hash}" title="${words.frameTitle}" loading="lazy" allow="clipboard-write" width="100%" height="${FRAMES[name]}"></iframe>`;
  };
  const links = [
    button(words.copyLink, "copy", () => void copy(host.root, address.value, words.link)),
    button(words.copyMarkdown, "copy", () => void copy(host.root, markdown(words.told(verdict), address.value), words.markdown)),
    button(words.copyFrame, "copy", () => void copy(host.root, frame(), words.frame)),
  ];
  /** Saves what can be read again, and says what cannot. */
  const saveFile = async () => {
    const { work: kept, beyond } = fitting(shared());
    const file = await toFile(kept);
    const tooLarge = file.size > LONGEST_IN_SLICES;
    const told = tooLarge ? words.notSaved : documentsWords.beyond(beyond);
    if (told !== "") note.textContent = told;
    if (told !== "") note.classList.add("text-warn");
    if (!tooLarge) save(file, "jitp-work.json", "application/json");
  };
  let last: symbol | undefined;
  const update = async () => {
    const run = (last = Symbol());
    const link = await linkTo(location.href, shared());
    const fits = link !== undefined;
    // The later of two calls counts.
    if (run !== last) return;
    for (const one of links) one.disabled = !fits;
    address.value = link ?? "";
    const { length } = address.value;
    note.classList.toggle("text-warn", !fits || length > LONG_LINK);
    const size = !fits ? words.tooLarge : length > LONG_LINK ? words.long(length, LONG_LINK) : words.characters(length);
    const copied = fits ? await copiedAtOnce(address.value) : undefined;
    if (run !== last) return;
    note.textContent = [...(copied === undefined ? [] : [copied ? words.copied : words.notCopied]), size].join(" ");
    if (copied === false) address.focus();
  };
  tick.addEventListener("change", () => void update());
  openDialog(
    host.root,
    "share",
    words.title,
    h(
      "p",
      {},
      words.lead(Object.values(work.parameters).some((value) => value !== "")),
      bare.subject !== undefined && ` ${words.subject}`,
      host.state.account !== undefined && ` ${words.account}`,
    ),
    ...(count > 0 ? [h("p", { class: "share-choice" }, tick, h("label", { for: "share-certificates" }, words.include(count)))] : []),
    h("label", { class: "share-label", for: "share-link" }, words.link),
    address,
    note,
    h(
      "div",
      { class: "toolbar" },
      ...links,
      button(words.save, "download", () => void saveFile()),
    ),
    h("p", { class: "share-choice" }, h("label", { for: "share-view" }, words.frameShows), view),
  );
  await update();
}

/** Copies without a word; says whether it could. */
async function copiedAtOnce(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A link in Markdown; its text comes from findings. */
function markdown(text: string, url: string): string {
  return `[${text.replace(/[\\`*_[\]<>#|~]/g, "\\$&")}](${url})`;
}

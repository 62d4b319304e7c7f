/** The dialog with the documents that this browser keeps. */

import { closingButton, openDialog } from "../ui/dialog.ts";
import { h, rerender, type Root } from "../ui/dom.ts";
import type { Notify } from "../ui/notices.ts";
import { documentsWords as words } from "../words/documents.ts";
import { type Listed, list, load, nameOf, remove, rename, save } from "./store.ts";
import { held } from "./hold.ts";

/** The part of the page that this needs. */
export interface RecentHost {
  readonly root: Root;
  readonly notify: Notify;
  /** The document that this tab shows. */
  shown(): string | undefined;
  /** Stores what is not stored yet. */
  settled(): Promise<void>;
  open(id: string): void;
  forget(): void;
}

/** Opens it. */
export async function recentDialog(host: RecentHost): Promise<void> {
  await host.settled();
  const place = h("div", { class: "recent" });
  const dialog = openDialog(
    host.root,
    "recent",
    words.title,
    h("p", { class: "recent-lead" }, words.lead),
    place,
    h(
      "div",
      { class: "toolbar" },
      closingButton(words.forget, () => host.forget()),
    ),
  );
  const show = async (naming?: string) => {
    const [all, elsewhere] = await Promise.all([list().catch(() => []), held().catch(() => new Set<string>())]);
    const rows = all.map((one) => row(one, one.id === host.shown(), elsewhere.has(one.id), one.id === naming));
    rerender(place, rows.length > 0 ? h("ul", { class: "recent-list" }, ...rows) : h("p", { class: "fact-quiet" }, words.none));
    if (naming !== undefined) {
      place.querySelector("input")?.focus();
      place.querySelector("input")?.select();
    }
    if (!dialog.contains(dialog.ownerDocument.activeElement)) dialog.querySelector("button")?.focus();
  };

  const drop = async (one: Listed) => {
    const whole = await load(one.id).catch(() => undefined);
    await remove(one.id);
    await show();
    const restore = async () => {
      if (whole) await save(whole.listed, whole.work, whole.work.certificates);
      await show();
    };
    host.notify(words.removed(nameOf(one)), whole && { action: { title: words.restore, run: () => void restore() } });
  };

  const row = (one: Listed, here: boolean, open: boolean, naming: boolean): HTMLElement => {
    const name = nameOf(one);
    const { verdict } = one;
    const action = (title: string, label: string, key: string, run: () => void) =>
      h("button", { type: "button", class: "link", "aria-label": label, "data-key": `${key}-${one.id}`, on: { click: run } }, title);
    const facts = [
      words.ago(Math.floor((Date.now() - one.changed) / 60_000)),
      ...(one.devices > 0 ? [words.devices(one.devices)] : []),
      ...(here ? [words.shownHere] : open ? [words.shownElsewhere] : []),
    ];
    return h(
      "li",
      { class: `recent-row tone-${verdict?.tone ?? "none"}`, "aria-current": here && "true" },
      h("span", { class: "sample-mark", "aria-hidden": "true" }),
      h(
        "div",
        { class: "recent-what" },
        naming
          ? nameForm(one, name)
          : h(
              "button",
              {
                type: "button",
                class: "recent-open",
                "data-key": `open-${one.id}`,
                on: {
                  click: () => {
                    dialog.close();
                    host.open(one.id);
                  },
                },
              },
              name,
            ),
        h(
          "p",
          { class: "recent-facts" },
          verdict && h("span", { class: `recent-verdict tone-${verdict.tone}` }, verdict.words),
          ` ${verdict ? "· " : ""}${facts.join(" · ")}`,
        ),
      ),
      h(
        "div",
        { class: "recent-actions" },
        action(words.rename, words.renameOne(name), "rename", () => void show(one.id)),
        // What a tab shows would be stored again at once.
        !here && !open && action(words.remove, words.removeOne(name), "remove", () => void drop(one)),
      ),
    );
  };

  const nameForm = (one: Listed, name: string): HTMLElement => {
    const field = h("input", { class: "recent-name", value: name, maxlength: 120, "aria-label": words.newName, spellcheck: "false" });
    const done = async (title: string) => {
      if (title !== "") await rename(one.id, title);
      await show();
      place.querySelector<HTMLElement>(`[data-key="rename-${CSS.escape(one.id)}"]`)?.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      // Escape would close the dialog.
      event.preventDefault();
      event.stopPropagation();
      void done(event.key === "Enter" ? field.value.trim() : "");
    });
    return h(
      "span",
      { class: "recent-naming" },
      field,
      h("button", { type: "button", class: "button", on: { click: () => void done(field.value.trim()) } }, words.save),
    );
  };

  await show();
}

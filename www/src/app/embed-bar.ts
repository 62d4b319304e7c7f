/** The bar below a playground in another page: to the plan, back to the author's content, and on to the playground itself. */

import type { Plan } from "jitp";
import { isSameWork, type Work } from "../model/work.ts";
import { LONG_LINK } from "../share/format.ts";
import { linkTo, withoutCertificates } from "../share/link.ts";
import { byId, h, icon, type Root } from "../ui/dom.ts";
import type { Offer } from "../ui/findings.ts";
import type { Notify } from "../ui/notices.ts";
import { embedWords as words } from "../words/embed.ts";

/** The part of a playground that this needs. */
export interface BarHost {
  readonly root: Root;
  readonly state: { readonly analysis?: { plan?: Plan } | undefined };
  readonly notify: Notify;
  /** What the page around gave, once it is shown. */
  readonly original: Work | undefined;
  /** Searches the work for private keys, so that `work()` is up to date if the search succeeds. */
  looked(): Promise<void>;
  work(): Work;
  unscreened(): Work;
  readonly readOnly: boolean;
  show(work: Work, sample: undefined, title: string): Promise<boolean>;
  /** A button that undoes the last step. */
  undo(then?: () => void): Offer;
  /** Shows the whole plan, or the verdict alone. */
  openPlan(open: boolean): void;
}

/** Builds the bar; `page` is the address of the playground itself. */
export function embedBar(host: BarHost, page: string | undefined): { render(): void } {
  const { root } = host;
  const bar = byId(root, "embed-bar");
  const button = (title: string, run: () => void) => h("button", { type: "button", class: "bar-button", on: { click: run } }, title);
  const plan = h(
    "button",
    {
      type: "button",
      class: "button bar-plan",
      "aria-controls": "plan",
      on: { click: () => host.openPlan(root.hasAttribute("data-brief")) },
    },
    words.showPlan,
  );
  const reset = button(words.reset, () => void goBack());
  reset.title = words.resetHint;
  const copy = button(words.copyLink, () => void copyLink());
  const open = h(
    "a",
    { class: "bar-button bar-open", target: "_blank", rel: "noopener" },
    icon("link"),
    words.open,
    h("span", { class: "visually-hidden" }, ` ${words.newTab}`),
  );
  const note = h("p", { class: "hint", id: "bar-note", role: "status" });
  const address = h("textarea", {
    class: "share-link",
    rows: 2,
    readonly: true,
    spellcheck: "false",
    "aria-label": words.link,
    "aria-describedby": "bar-note",
    on: { focus: () => address.select() },
  });
  const byHand = h("div", { class: "bar-link", hidden: true }, note, address);

  /** Back to what the page around gave, as a step. */
  async function goBack(): Promise<void> {
    const { original } = host;
    if (!original || !(await host.show(original, undefined, words.resetStep))) return;
    host.notify(words.wasReset, host.readOnly ? {} : { action: host.undo() });
  }

  /** The work as it is, and the link that was made of it. */
  let made: { of: Work; link: string } | undefined;

  /** The present work, if nothing in it has been left out because it was not searched. */
  const searched = async (): Promise<Work | undefined> => {
    await host.looked();
    const work = host.work();
    if (work.template === host.unscreened().template) return work;
    host.notify(words.notSearched, { tone: "warning" });
    return undefined;
  };
  const link = async (work: Work): Promise<string | undefined> => {
    const found = page === undefined ? undefined : await linkTo(page, work);
    if (found === undefined) host.notify(words.tooLarge, { tone: "warning" });
    return found;
  };

  /** Shows the link, to be copied by hand. */
  const showLink = (url: string, why: string) => {
    address.value = url;
    note.textContent = why;
    byHand.hidden = false;
    address.focus();
    byHand.scrollIntoView({ block: "nearest" });
  };

  async function copyLink(): Promise<void> {
    const work = await searched();
    if (!work) return;
    // Certificates that the user added are the user's.
    const given = new Set(host.original?.certificates.map(({ pem }) => pem));
    const isOwn = work.certificates.some(({ pem }) => !given.has(pem));
    const url = await link(isOwn ? withoutCertificates(work, host.state.analysis?.plan) : work);
    if (url === undefined) return;
    const remarks = [isOwn && words.withoutOwn, url.length > LONG_LINK && words.long(url.length)].filter(Boolean);
    try {
      await navigator.clipboard.writeText(url);
      byHand.hidden = true;
      host.notify([words.copied, ...remarks].join(" "));
    } catch {
      showLink(url, [window.parent === window ? words.mayNotCopy : words.frameMayNotCopy, ...remarks].join(" "));
    }
  }

  /** Gives the link its address before it is followed, in whatever way. */
  async function prepare(): Promise<void> {
    await host.looked();
    const work = host.work();
    if (page === undefined || (made && isSameWork(made.of, work))) return;
    const url = await linkTo(page, work);
    if (url === undefined) return;
    made = { of: work, link: url };
    open.href = url;
  }

  async function follow(event: MouseEvent): Promise<void> {
    // A sandboxed frame learns only so whether it may open a tab.
    const isSandboxed = window.origin === "null";
    if (!isSandboxed && made && isSameWork(made.of, host.unscreened())) return;
    event.preventDefault();
    const work = await searched();
    const url = work && (await link(work));
    if (url === undefined) return;
    const opened = window.open(url, "_blank", isSandboxed ? "" : "noopener");
    if (opened) opened.opener = null;
    else if (isSandboxed) showLink(url, words.mayNotOpen);
  }
  open.addEventListener("click", (event) => void follow(event));
  for (const early of ["pointerenter", "focus", "touchstart"] as const)
    open.addEventListener(early, () => void prepare(), { passive: true });
  // It is a link, for the keyboard too, before it has its address.
  if (page !== undefined) open.href = page;

  const links = h("div", { class: "bar-links" }, reset, page !== undefined && copy, page !== undefined && open);
  bar.append(plan, links, byHand);
  bar.setAttribute("aria-label", words.bar);
  if (bar.tagName !== "FOOTER") bar.setAttribute("role", "group");
  return {
    render() {
      const isBrief = root.hasAttribute("data-brief");
      plan.hidden = !root.hasAttribute("data-can-be-brief");
      plan.textContent = isBrief ? words.showPlan : words.hidePlan;
      plan.setAttribute("aria-expanded", String(!isBrief));
      reset.hidden = host.original === undefined || isSameWork(host.original, host.unscreened());
      bar.hidden = root.hasAttribute("data-failed") || (plan.hidden && reset.hidden && page === undefined);
    },
  };
}

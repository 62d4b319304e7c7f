/**
 * The only place that makes elements. Text is inserted as text and never as markup, because templates and certificates are untrusted, and
 * with its invisible characters spelled out.
 */

import { isolated, pieces } from "./visible.ts";

export type Child = Node | string | number | false | null | undefined;

type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

/** Attributes by name; `true` sets an empty attribute, `false` and `undefined` leave it out. */
export interface Props {
  [attribute: string]: string | number | boolean | undefined | Handlers;
  on?: Handlers;
}

/** Attributes that users see or hear. */
const TOLD = new Set(["alt", "aria-label", "placeholder", "title"]);

/** Makes an element with attributes, listeners and children. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === false || typeof value === "object") continue;
    element.setAttribute(name, value === true ? "" : TOLD.has(name) ? isolated(String(value)) : String(value));
  }
  for (const [type, listener] of Object.entries(props.on ?? {})) {
    element.addEventListener(type, listener as EventListener);
  }
  append(element, ...children);
  return element;
}

/** Appends children, leaving out the absent ones. */
export function append(parent: Element, ...children: Child[]): void {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    if (typeof child !== "string") parent.append(typeof child === "number" ? String(child) : child);
    // Browsers drop the markup of an option. A `pre`, and an element with `data-lines`, keeps its line breaks.
    else if (parent instanceof HTMLOptionElement) parent.append(isolated(child));
    else parent.append(...pieces(child, parent.matches("pre, [data-lines]"), parent.matches("code")));
  }
}

const ICONS = {
  check: "M3.5 8.5 6.5 11.5 12.5 4.5",
  cross: "M4 4 12 12M12 4 4 12",
  dash: "M4 8h8",
  stop: "M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.5M8 11v.01",
  warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3M8 11.5v.01",
  hint: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5v.01",
  copy: "M6 6h7v7H6zM10 6V3H3v7h3",
  download: "M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10",
  file: "M4 2h5l3 3v9H4zM9 2v3h3",
  folder: "M2 4h4l1.5 2H14v7.5H2z",
  link: "M6.5 9.5 9.5 6.5M7 4.5 9 2.5a3 3 0 0 1 4.5 4.5l-2 2M9 11.5l-2 2A3 3 0 0 1 2.5 9l2-2",
  key: "M9.5 6.5A3 3 0 1 0 6.7 9.3L7 9l1.5 1.5H10V12h1.5v1.5H14V11L9.3 6.5z",
} as const;

/** The icons of the page, by name. */
export type IconName = keyof typeof ICONS;

/** Makes a decorative icon. Its meaning must also be in words. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A message of jitp, with the text between backticks as code. */
export function prose(message: string): (Node | string)[] {
  return message.split(/`([^`]+)`/).map((piece, i) => (i % 2 === 1 ? h("code", {}, piece) : piece));
}

/** A sentence with elements in it, in the order that the language gives them: `say` gets a mark for each. */
export function sentence(say: (...slots: string[]) => string, ...elements: Node[]): (Node | string)[] {
  const marks = elements.map((_, i) => `\u0000${i}\u0000`);
  return say(...marks)
    .split(/\u0000(\d)\u0000/)
    .map((piece, i) => (i % 2 === 1 ? (elements[Number(piece)] ?? "") : piece));
}

/**
 * The element that one playground lives in. Several may be on one page, each in its own tree (the document's or a shadow
 * root's), so ids are looked up below it and never in the document.
 */
export type Root = HTMLElement;

/** The element with this id, which the shell is known to have. */
export function byId(root: Root, id: string): HTMLElement {
  const element = root.querySelector<HTMLElement>(`#${id}`);
  if (!element) throw new Error(`the playground has no element with the id ${id}`);
  return element;
}

/** The playground around an element. */
export function rootOf(element: Element): Root {
  const root = element.closest<HTMLElement>(".playground");
  if (!root) throw new Error("the element is outside a playground");
  return root;
}

/** How far elements with `data-scrolls` are scrolled. To read it would lay out the whole page. */
const scrolls = new WeakMap<Element, number>();

function scrollOf(parent: Element): number {
  if (!parent.hasAttribute("data-scrolls")) return 0;
  if (!scrolls.has(parent)) {
    scrolls.set(parent, 0);
    parent.addEventListener("scroll", () => scrolls.set(parent, parent.scrollTop), { passive: true });
  }
  return scrolls.get(parent) ?? 0;
}

/** Replaces the children. Those that were there already stay where they are, so that they are neither laid out nor painted again. */
function replace(parent: Element, children: Child[]): void {
  const stay = new Set<Child>(children.filter((child) => child instanceof Node && child.parentNode === parent));
  for (const child of [...parent.childNodes]) if (!stay.has(child)) child.remove();
  if (stay.size === 0) {
    append(parent, ...children);
    return;
  }
  let next = parent.firstChild;
  for (const child of children) {
    if (stay.has(child)) {
      // The order of those that stay is that of the last time, or nearly so.
      if (child === next) next = next?.nextSibling ?? null;
      else parent.insertBefore(child as Node, next);
      continue;
    }
    // Not a clone of the parent: its style attribute would be refused by the page's policy.
    const holder = document.createElement("div");
    append(holder, child);
    for (const made of [...holder.childNodes]) parent.insertBefore(made, next);
  }
}

/**
 * Replaces the content of `parent`. Open details, the focus, and the scroll position of a parent with `data-scrolls` are kept. Elements are
 * recognised by their `data-key`, else by their position and text.
 */
export function rerender(parent: Element, ...children: Child[]): void {
  const opened = new Map<string | undefined, boolean>();
  for (const details of parent.querySelectorAll<HTMLDetailsElement>("details[data-key]")) {
    opened.set(details.dataset.key, details.open);
  }
  const { activeElement: active } = parent.getRootNode() as Document | ShadowRoot;
  const focused = active instanceof HTMLElement && parent.contains(active) ? active : undefined;
  const place = focused && [...parent.querySelectorAll(focused.tagName)].indexOf(focused);
  const scrolled = scrollOf(parent);

  replace(parent, children);

  for (const details of parent.querySelectorAll<HTMLDetailsElement>("details[data-key]")) {
    details.open = opened.get(details.dataset.key) ?? details.open;
  }
  if (focused && !focused.isConnected) {
    // If the element is gone, the focus stays in its panel instead of the top of the page.
    const { key } = focused.dataset;
    const alike = parent.querySelectorAll<HTMLElement>(focused.tagName)[place ?? -1];
    const heir =
      key !== undefined
        ? parent.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
        : alike?.textContent === focused.textContent
          ? alike
          : undefined;
    (heir ?? parent.closest<HTMLElement>(".panel"))?.focus({ preventScroll: true });
  }
  if (scrolled !== 0) parent.scrollTop = scrolled;
}

/** A playground as a part of the outline of the page around it: its headings continue those of the page, and it adds no landmarks. */

const HEADINGS = "h1, h2, h3, h4, h5, h6";

/** The level of the first headings in a playground itself. A plan alone has no title above it. */
const FIRST = 2;
const firstIn = (box: HTMLElement) => (box.dataset.show === "full" || box.dataset.show === "editor" ? FIRST : FIRST + 1);

const levelOf = (heading: Element) => Number(heading.getAttribute("aria-level") ?? heading.tagName.slice(1));

/** One level below the last heading before the element, in the part of the page that it is in. */
function levelFor(element: Element): number {
  const around = element.closest("article, main, [role=main]") ?? (element.getRootNode() as Document | ShadowRoot);
  const before = [...around.querySelectorAll(HEADINGS)].findLast(
    (heading) => (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  return before ? levelOf(before) + 1 : FIRST;
}

/** Keeps what is in `box` as a part of the page that this element is in, also what comes later. */
export class Outline {
  readonly #element: Element;
  readonly #box: HTMLElement;
  #first = FIRST;
  readonly #observer = new MutationObserver(() => this.#apply());

  constructor(element: Element, box: HTMLElement) {
    this.#element = element;
    this.#box = box;
    this.#observer.observe(box, { childList: true, subtree: true, attributeFilter: ["data-show"] });
  }

  /** Begins at this level; without one, where the page says. */
  begin(level: number | undefined): void {
    this.#first = level ?? levelFor(this.#element);
    this.#apply();
  }

  end(): void {
    this.#observer.disconnect();
  }

  #apply(): void {
    // What has a name is a landmark: a form has none, then.
    for (const section of this.#box.querySelectorAll("section:not([role])")) section.role = "group";
    for (const form of this.#box.querySelectorAll("form[aria-labelledby]")) form.removeAttribute("aria-labelledby");
    const first = firstIn(this.#box);
    for (const heading of this.#box.querySelectorAll(HEADINGS)) {
      const level = String(Math.min(6, Number(heading.tagName.slice(1)) + this.#first - first));
      if (heading.getAttribute("aria-level") !== level) heading.setAttribute("aria-level", level);
    }
  }
}

/**
 * The movable dividers: between the columns, or in two columns between the template and the certificate, and between the editor and the
 * findings. The least sizes here are those of the style sheets, so that no part becomes too small to use.
 */

import { byId, h, type Root } from "../ui/dom.ts";
import { shellWords as words } from "../words/shell.ts";
import { keepSizes, putSizes, type SizeName } from "./divider-sizes.ts";

/** In pixels. */
const LEAST = { template: 340, left: 360, certificate: 290, plan: 380, right: 400, high: 300, low: 150, editor: 130, findings: 70 };
const STEP = 16;
const LEAP = 64;

/** What a divider is between, in the present layout. */
interface Between {
  /** The element before it and the one after it. */
  parts: [HTMLElement, HTMLElement];
  least: [number, number];
  vertical: boolean;
  /** The parts get these sizes, in pixels. */
  put(before: number, after: number): void;
  sizes: SizeName[];
}

/** Adds the dividers; `keep` keeps them for the next visit. The answer ends them. */
export function addDividers(root: Root, keep: boolean): () => void {
  const [template, certificate, plan] = [byId(root, "template"), byId(root, "certificate"), byId(root, "plan")];
  const editor = byId(root, "editor");
  const problems = editor.nextElementSibling as HTMLElement;
  const three = () => root.dataset.layout === "three";
  const width = (part: HTMLElement) => part.getBoundingClientRect().width;
  const columns: Between["sizes"] = ["three-1", "three-2", "three-3"];

  const first = divider(root, keep, words.dividers.template, template, () =>
    three()
      ? {
          parts: [template, certificate],
          least: [LEAST.template, LEAST.certificate],
          vertical: true,
          put: (a, b) => putSizes(root, { "three-1": a, "three-2": b, "three-3": width(plan) }),
          sizes: columns,
        }
      : {
          parts: [template, certificate],
          least: [LEAST.high, LEAST.low],
          vertical: false,
          put: (a, b) => putSizes(root, { "two-low": (100 * b) / (a + b) }),
          sizes: ["two-low"],
        },
  );
  const second = divider(root, keep, words.dividers.plan, plan, () =>
    three()
      ? {
          parts: [certificate, plan],
          least: [LEAST.certificate, LEAST.plan],
          vertical: true,
          put: (b, c) => putSizes(root, { "three-1": width(template), "three-2": b, "three-3": c }),
          sizes: columns,
        }
      : {
          parts: [template, plan],
          least: [LEAST.left, LEAST.right],
          vertical: true,
          put: (a, b) => putSizes(root, { "two-1": a, "two-2": b }),
          sizes: ["two-1", "two-2"],
        },
  );
  const third = divider(root, keep, words.dividers.findings, problems, () => ({
    parts: [editor, problems],
    least: [LEAST.editor, LEAST.findings],
    vertical: false,
    // A percentage counts from the panel without its padding.
    put: (_, b) => {
      const { paddingTop, paddingBottom } = getComputedStyle(template);
      putSizes(root, {
        "findings-share": (100 * b) / (template.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom)),
      });
    },
    sizes: ["findings-share"],
  }));

  template.after(first.element);
  certificate.after(second.element);
  editor.after(third.element);
  const all = [first, second, third];
  const tell = () => all.forEach((one) => one.tell());
  const observer = new ResizeObserver(tell);
  for (const part of [template, certificate, plan, problems]) observer.observe(part);
  return () => observer.disconnect();
}

function divider(
  root: Root,
  keep: boolean,
  label: string,
  part: HTMLElement,
  between: () => Between,
): { element: HTMLElement; tell(): void } {
  const sizes = () => {
    const now = between();
    const [a, b] = now.parts.map((one) => one.getBoundingClientRect()[now.vertical ? "width" : "height"]) as [number, number];
    const most = Math.max(now.least[0], a + b - now.least[1]);
    return { ...now, a, b, most, least: Math.min(now.least[0], most) };
  };
  /** Its place, and the way it lies, for assistive technologies. */
  const tell = () => {
    const { vertical, a, least, most } = sizes();
    const place = most > least ? Math.round((100 * (a - least)) / (most - least)) : 0;
    element.setAttribute("aria-orientation", vertical ? "vertical" : "horizontal");
    element.setAttribute("aria-valuenow", String(Math.min(100, Math.max(0, place))));
  };
  /** Moves it, so that the part before it has this size. */
  const move = (wanted: number) => {
    const { a, b, put, least, most } = sizes();
    const size = Math.min(most, Math.max(least, wanted));
    put(size, a + b - size);
    tell();
  };
  const kept = () => keep && keepSizes(root);
  const reset = () => {
    putSizes(root, Object.fromEntries(between().sizes.map((name) => [name, undefined])));
    tell();
    kept();
  };
  /** How far a point is from the start of the part before the divider. */
  const along = ({ clientX, clientY }: PointerEvent) => {
    const { parts, vertical } = between();
    const box = parts[0].getBoundingClientRect();
    if (!vertical) return clientY - box.top;
    return getComputedStyle(root).direction === "rtl" ? box.right - clientX : clientX - box.left;
  };
  /** Where the pointer has the divider, from its middle. */
  let grip: number | undefined;
  const element = h("div", {
    class: "divider",
    role: "separator",
    tabindex: 0,
    title: words.dividers.how,
    "aria-label": label,
    "aria-controls": part.id || undefined,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": 50,
    on: {
      pointerdown(event) {
        if (event.button !== 0) return;
        event.preventDefault();
        element.focus({ preventScroll: true });
        element.setPointerCapture(event.pointerId);
        grip = along(event) - sizes().a;
      },
      pointermove(event) {
        if (grip !== undefined) move(along(event) - grip);
      },
      lostpointercapture() {
        if (grip === undefined) return;
        grip = undefined;
        kept();
      },
      dblclick: reset,
      keydown(event) {
        const { vertical, a, least, most } = sizes();
        const step = event.shiftKey ? LEAP : STEP;
        const back = getComputedStyle(root).direction === "rtl" ? step : -step;
        const to: Record<string, number> = {
          Home: least,
          End: most,
          ...(vertical ? { ArrowLeft: a + back, ArrowRight: a - back } : { ArrowUp: a - step, ArrowDown: a + step }),
        };
        const wanted = to[event.key];
        if (event.key === "Enter") reset();
        else if (wanted === undefined) return;
        else move(wanted);
        event.preventDefault();
        kept();
      },
    },
  });
  return { element, tell };
}

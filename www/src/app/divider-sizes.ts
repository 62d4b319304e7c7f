/** Where the user has moved the dividers to, as style sheets use it, and kept for the next visit. */

import type { Root } from "../ui/dom.ts";

/** Weights of columns (`fr`) and shares of heights (`%`). An absent size is the one of the style sheet. */
const SIZES = {
  "three-1": "fr",
  "three-2": "fr",
  "three-3": "fr",
  "two-1": "fr",
  "two-2": "fr",
  "two-low": "%",
  "findings-share": "%",
} as const;

export type SizeName = keyof typeof SIZES;

const KEY = "jitp:dividers";

/** Sets some sizes; without a number the style sheet decides. */
export function putSizes(root: Root, sizes: Partial<Record<SizeName, number | undefined>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (size === undefined) root.style.removeProperty(`--${name}`);
    else root.style.setProperty(`--${name}`, `${Math.round(size * 100) / 100}${SIZES[name as SizeName]}`);
  }
}

/** Keeps the sizes that are set. */
export function keepSizes(root: Root): void {
  const kept = Object.keys(SIZES).flatMap((name) => {
    const size = Number.parseFloat(root.style.getPropertyValue(`--${name}`));
    return Number.isNaN(size) ? [] : [[name, size] as const];
  });
  try {
    if (kept.length > 0) localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
    else localStorage.removeItem(KEY);
  } catch {
    // Then they last as long as the page.
  }
}

/** Sets the sizes that were kept. What is no size is left out: the browser keeps what anybody wrote there. */
export function recallSizes(root: Root): void {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null) return;
    for (const name of Object.keys(SIZES) as SizeName[]) {
      const size: unknown = (kept as Record<string, unknown>)[name];
      const most = SIZES[name] === "%" ? 90 : 10_000;
      if (typeof size === "number" && size >= 1 && size <= most) putSizes(root, { [name]: size });
    }
  } catch {
    // Then the style sheets decide.
  }
}

/** Forgets them, here and for the next visit. */
export function forgetSizes(root: Root): void {
  for (const name of Object.keys(SIZES) as SizeName[]) putSizes(root, { [name]: undefined });
  keepSizes(root);
}

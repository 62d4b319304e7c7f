/** Findings about certificates, in a line each: the rule behind a code says the rest. */

import type { Diagnostic } from "jitp";
import { h, icon, type IconName, prose } from "./dom.ts";
import { byWeight } from "./findings.ts";

const ICON: Record<Diagnostic["severity"], IconName> = { error: "cross", warning: "warning", hint: "hint" };

/** The findings as a list; nothing where there are none. `rules` is where the rules are explained; a code can be added to it. */
export function remarks(diagnostics: readonly Diagnostic[], rules: string | undefined, help = false): HTMLElement | null {
  if (diagnostics.length === 0) return null;
  return h("ul", { class: "remarks" }, ...byWeight(diagnostics).map((diagnostic) => remark(diagnostic, rules, help)));
}

function remark({ severity, message, help, code }: Diagnostic, rules: string | undefined, withHelp: boolean): HTMLLIElement {
  return h(
    "li",
    { class: `remark remark-${severity}` },
    icon(ICON[severity]),
    h(
      "p",
      {},
      h("span", { class: "visually-hidden" }, `${severity}: `),
      ...prose(message),
      withHelp && help !== undefined && h("span", {}, " ", ...prose(help)),
      " ",
      rules === undefined
        ? h("code", {}, code)
        : h("a", { href: rules + code, target: "_blank", rel: "noopener noreferrer" }, h("code", {}, code)),
    ),
  );
}

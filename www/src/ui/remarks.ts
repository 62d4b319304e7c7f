/** Findings about certificates, one line each. The page of the rule says the rest. */

import type { Diagnostic } from "jitp";
import { h, icon, prose } from "./dom.ts";
import { byWeight, codeOf, SEVERITY_ICON } from "./findings.ts";

/** The findings as a list; nothing if there are none. `rules` is the address of the rules' page, to which a code can be appended. */
export function remarks(diagnostics: readonly Diagnostic[], rules: string | undefined, help = false): HTMLElement | null {
  if (diagnostics.length === 0) return null;
  return h("ul", { class: "remarks" }, ...byWeight(diagnostics).map((diagnostic) => remark(diagnostic, rules, help)));
}

function remark({ severity, message, help, code }: Diagnostic, rules: string | undefined, withHelp: boolean): HTMLLIElement {
  return h(
    "li",
    { class: `remark remark-${severity}` },
    icon(SEVERITY_ICON[severity]),
    h(
      "p",
      {},
      h("span", { class: "visually-hidden" }, `${severity}: `),
      ...prose(message),
      withHelp && help !== undefined && h("span", {}, " ", ...prose(help)),
      " ",
      codeOf(code, rules),
    ),
  );
}

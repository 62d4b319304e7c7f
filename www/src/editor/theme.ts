/** The colours and sizes of the editor, by the variables of the page. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-atom)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const squiggle = (colour: string) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy var(${colour}) 1px`,
  textDecorationSkipInk: "none",
  textUnderlineOffset: "3px",
  paddingBottom: "0",
});

/** The extension. */
export const theme: Extension = [
  syntaxHighlighting(colours),
  EditorView.theme({
    "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12.5px" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
    // On a phone most tokens are wider than the rest of an indented line.
    "@media (max-width: 480px)": { ".cm-content.cm-lineWrapping": { wordBreak: "break-all" } },
    ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-3)", border: "none" },
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "3ch", padding: "0 4px 0 8px" },
    // Transparent, because the selection is drawn below it.
    ".cm-activeLine": { backgroundColor: "var(--active-line)" },
    ".cm-activeLineGutter": { backgroundColor: "var(--tint)", color: "var(--ink-2)" },
    ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
      backgroundColor: "var(--selection)",
    },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--match)" },
    // The lines of a string that is shown as JSON.
    ".cm-string": {
      backgroundImage: "linear-gradient(var(--string-block), var(--string-block))",
      boxShadow: "inset 2px 0 var(--string-edge)",
    },
    ".cm-string-2": { boxShadow: "inset 2px 0 var(--string-edge), inset 4px 0 var(--surface), inset 6px 0 var(--string-edge)" },
    ".cm-string-first::after": {
      content: "attr(data-string)",
      display: "inline-block",
      lineHeight: "1.4",
      textIndent: "0",
      marginLeft: "1.5ch",
      padding: "0 6px",
      border: "1px solid var(--line)",
      borderRadius: "4px",
      backgroundColor: "var(--surface)",
      color: "var(--ink-3)",
      fontFamily: "var(--sans)",
      fontSize: "11px",
      whiteSpace: "nowrap",
    },
    ".cm-lintRange-error": squiggle("--bad"),
    ".cm-lintRange-warning": squiggle("--warn"),
    ".cm-lintRange-hint": squiggle("--hint"),
    ".cm-lintRange-active": { backgroundColor: "var(--match)" },
    ".cm-gutter-lint .cm-gutterElement": { padding: "0 2px" },
    // Their colours are all that they have.
    ".cm-lint-marker": {
      forcedColorAdjust: "none",
      width: "0.75em",
      height: "0.75em",
      marginTop: "0.4em",
      borderRadius: "50%",
      content: "none",
    },
    ".cm-lint-marker-error": { backgroundColor: "var(--bad)", borderRadius: "2px" },
    ".cm-lint-marker-warning": { backgroundColor: "var(--warn)" },
    ".cm-lint-marker-hint": { backgroundColor: "var(--hint)" },
    ".cm-tooltip": {
      backgroundColor: "var(--raised)",
      color: "var(--ink)",
      border: "1px solid var(--line)",
      borderRadius: "6px",
      maxWidth: "min(46ch, 90vw)",
      fontFamily: "var(--sans)",
      overflow: "hidden",
    },
    ".cm-tooltip.cm-tooltip-lint": { padding: "0" },
    ".cm-diagnostic": { padding: "8px 12px", borderLeft: "3px solid var(--bad)" },
    ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
    ".cm-diagnostic-hint": { borderLeftColor: "var(--hint)" },
    ".cm-tooltip p": { margin: "0" },
    ".cm-message": { fontWeight: "600" },
    ".cm-why": { marginTop: "6px !important", color: "var(--ink-2)", fontSize: "12px" },
    ".cm-doc": { padding: "8px 12px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
    ".cm-completionInfo": { padding: "8px 12px", maxWidth: "38ch" },
    ".cm-diagnosticAction": {
      backgroundColor: "var(--accent)",
      color: "var(--on-accent)",
      borderRadius: "4px",
      padding: "3px 8px",
      marginLeft: "8px",
      font: "inherit",
      cursor: "pointer",
    },
    "@media (forced-colors: active)": {
      ".cm-pointed": { outline: "2px solid Highlight" },
      // Shadows are not drawn there.
      ".cm-string": { borderLeft: "2px solid" },
      ".cm-activeLine": { outline: "1px dotted" },
      ".cm-tooltip-autocomplete ul li[aria-selected]": { outline: "2px solid Highlight", outlineOffset: "-2px" },
    },
    ".cm-panels": { backgroundColor: "var(--tint)", color: "var(--ink)", borderColor: "var(--line)", fontFamily: "var(--sans)" },
    ".cm-panel.cm-search": {
      display: "flex",
      flexWrap: "wrap",
      alignItems: "center",
      gap: "6px 8px",
      padding: "8px 36px 8px 12px",
      fontSize: "13px",
      "& br": { display: "none" },
      "& label": { display: "inline-flex", alignItems: "center", gap: "4px", fontSize: "13px", whiteSpace: "nowrap" },
      "& input, & button, & label": { margin: "0" },
      "& [name=close]": {
        top: "6px",
        right: "8px",
        width: "28px",
        height: "28px",
        fontSize: "18px",
        color: "var(--ink-2)",
        cursor: "pointer",
      },
    },
    ".cm-textfield": {
      flex: "1 1 12ch",
      minWidth: "10ch",
      padding: "4px 8px",
      backgroundColor: "var(--surface)",
      color: "var(--ink)",
      border: "1px solid var(--line-strong)",
      borderRadius: "4px",
      font: "13px var(--mono)",
    },
    ".cm-button": {
      padding: "4px 10px",
      backgroundImage: "none",
      backgroundColor: "var(--surface)",
      color: "var(--ink)",
      border: "1px solid var(--line-strong)",
      borderRadius: "4px",
      font: "13px var(--sans)",
      textTransform: "none",
      cursor: "pointer",
      "&:active": { backgroundImage: "none", backgroundColor: "var(--tint)" },
    },
    ".cm-textfield:focus-visible, .cm-button:focus-visible": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
    ".cm-searchMatch": { backgroundColor: "var(--match)" },
    ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  }),
];

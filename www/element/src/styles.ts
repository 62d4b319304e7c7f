/** The style sheets of a playground in a shadow root, made once for all of them. */

// In the order of index.html.
import style from "../../src/ui/style.css?inline";
import layout from "../../src/app/layout.css?inline";
import controls from "../../src/ui/controls.css?inline";
import template from "../../src/template/panel.css?inline";
import certificate from "../../src/certificates/panel.css?inline";
import authority from "../../src/certificates/authorities.css?inline";
import verdict from "../../src/plan/verdict.css?inline";
import plan from "../../src/plan/panel.css?inline";
import planParts from "../../src/plan/parts.css?inline";
import picture from "../../src/plan/picture.css?inline";
import pointing from "../../src/ui/pointing.css?inline";
import fleet from "../../src/fleet/table.css?inline";
import exportMenu from "../../src/export/menu.css?inline";
import dialog from "../../src/ui/dialog.css?inline";
import embed from "../../src/app/embed.css?inline";
import print from "../../src/app/print.css?inline";

const TEXTS = [
  style,
  layout,
  controls,
  template,
  certificate,
  authority,
  verdict,
  plan,
  planParts,
  picture,
  pointing,
  fleet,
  exportMenu,
  dialog,
  embed,
  print,
];

let made: CSSStyleSheet[] | undefined;

export function sheets(): CSSStyleSheet[] {
  made ??= TEXTS.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}

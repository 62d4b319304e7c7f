/** The style sheets of a playground in a shadow root, made once for all of them. */

import authority from "../certificates/authorities.css?inline";
import certificate from "../certificates/panel.css?inline";
import controls from "../ui/controls.css?inline";
import dialog from "../ui/dialog.css?inline";
import embed from "../app/embed.css?inline";
import fleet from "../fleet/table.css?inline";
import layout from "../app/layout.css?inline";
import picture from "../plan/picture.css?inline";
import planParts from "../plan/parts.css?inline";
import plan from "../plan/panel.css?inline";
import pointing from "../ui/pointing.css?inline";
import print from "../app/print.css?inline";
import style from "../ui/style.css?inline";
import takeAway from "../export/menu.css?inline";
import template from "../template/panel.css?inline";
import verdict from "../plan/verdict.css?inline";

let made: CSSStyleSheet[] | undefined;

/** In the order of index.html. */
export function sheets(): CSSStyleSheet[] {
  made ??= [
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
    takeAway,
    dialog,
    embed,
    print,
  ].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}

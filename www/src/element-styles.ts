/** The style sheets of a playground in a shadow root, made once for all of them. */

import authority from "./authority.css?inline";
import certificate from "./certificate.css?inline";
import controls from "./controls.css?inline";
import dialog from "./dialog.css?inline";
import embed from "./embed.css?inline";
import fleet from "./fleet.css?inline";
import layout from "./layout.css?inline";
import picture from "./picture.css?inline";
import planParts from "./plan-parts.css?inline";
import plan from "./plan.css?inline";
import pointing from "./pointing.css?inline";
import print from "./print.css?inline";
import style from "./style.css?inline";
import takeAway from "./take-away.css?inline";
import template from "./template.css?inline";
import verdict from "./verdict.css?inline";

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

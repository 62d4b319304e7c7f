/** The style sheets of a playground in a shadow root, made once for all of them. */

// In the order of index.html.
import style from "../../src/ui/style.css?inline";
import head from "../../src/app/head.css?inline";
import layout from "../../src/app/layout.css?inline";
import dividers from "../../src/app/dividers.css?inline";
import dropOverlay from "../../src/app/drop-overlay.css?inline";
import controls from "../../src/ui/controls.css?inline";
import codeBox from "../../src/ui/code-box.css?inline";
import notices from "../../src/ui/notices.css?inline";
import templatePanel from "../../src/template/panel.css?inline";
import findings from "../../src/ui/findings.css?inline";
import decision from "../../src/ui/decision.css?inline";
import requestParameters from "../../src/certificates/request-parameters.css?inline";
import certificatePanel from "../../src/certificates/panel.css?inline";
import caList from "../../src/certificates/ca-list.css?inline";
import registration from "../../src/certificates/registration.css?inline";
import viewer from "../../src/certificates/viewer.css?inline";
import account from "../../src/account/account.css?inline";
import banner from "../../src/plan/banner.css?inline";
import optionsForm from "../../src/plan/options-form.css?inline";
import planPanel from "../../src/plan/panel.css?inline";
import steps from "../../src/plan/steps.css?inline";
import parts from "../../src/plan/parts.css?inline";
import picture from "../../src/plan/picture.css?inline";
import canIt from "../../src/access/can-it.css?inline";
import pointing from "../../src/ui/pointing.css?inline";
import fleetTable from "../../src/fleet/table.css?inline";
import exportMenu from "../../src/export/menu.css?inline";
import dialog from "../../src/ui/dialog.css?inline";
import recent from "../../src/documents/recent.css?inline";
import embed from "../../src/app/embed.css?inline";
import embedBar from "../../src/app/embed-bar.css?inline";
import preferences from "../../src/app/preferences.css?inline";
import print from "../../src/app/print.css?inline";
import host from "./host.css?inline";
import coming from "./coming.css?inline";
import paper from "./paper.css?inline";

const TEXTS = [
  style,
  head,
  layout,
  dividers,
  dropOverlay,
  controls,
  codeBox,
  notices,
  templatePanel,
  findings,
  decision,
  requestParameters,
  certificatePanel,
  caList,
  registration,
  viewer,
  account,
  banner,
  optionsForm,
  planPanel,
  steps,
  parts,
  picture,
  canIt,
  pointing,
  fleetTable,
  exportMenu,
  dialog,
  recent,
  embed,
  embedBar,
  preferences,
  print,
  host,
  coming,
  paper,
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

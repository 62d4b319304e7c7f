/** What the first paint does not need, in one script that is loaded after it: the editor, which is most of it, and what follows a press. */

export { createEditor } from "../editor/editor.ts";
export { accountChanges } from "../account/changes.ts";
export { accountPanel } from "../account/panel.ts";
export { scriptDialog } from "../account/script.ts";
export { fleetTable } from "../fleet/table.ts";
export { saveFleet } from "../fleet/save.ts";
export { canIt } from "../access/can-it.ts";
export { registrationView } from "../certificates/registration.ts";
export { certificateDialog } from "../certificates/viewer.ts";
export { fixAccount, removeAccount } from "./account-texts.ts";
export { giveEditor } from "./give-editor.ts";
export { intakeWords } from "../words/intake.ts";
export { openFiles, openText } from "./open-files.ts";
export { listenToKeys } from "./keys.ts";
export { previews } from "./previews.ts";
export { makeSample } from "../certificates/make-sample.ts";
export { deliver } from "../export/deliver.ts";
export { recentDialog } from "../documents/recent.ts";
export { shareDialog } from "../share/share-dialog.ts";
export { privacyDialog } from "./privacy-dialog.ts";
export { hideDrop, showDrop } from "./drop-overlay.ts";
export { addDividers } from "./dividers.ts";
export { forgetSizes } from "./divider-sizes.ts";
export { printTemplate } from "./print-template.ts";

/** What the first paint does not need, in one script that is loaded after it: the editor, which is most of it, and what follows a press. */

export { createEditor } from "../editor/editor.ts";
export { registrationView } from "../certificates/registration.ts";
export { certificateDialog } from "../certificates/viewer.ts";
export { progress } from "../ui/progress.ts";
export { giveEditor } from "./give-editor.ts";
export { intakeWords } from "../words/intake.ts";
export { openFleet, openLatePanels } from "./late-panels.ts";
export { Chains } from "../engine/chains.ts";
export { Details } from "../engine/details.ts";
export { FleetPlans } from "../engine/fleet-plans.ts";
export { openExample } from "./open-example.ts";
export { openFiles, openText } from "./open-files.ts";
export { groupRemedies } from "./group-remedies.ts";
export { makeSample } from "../certificates/make-sample.ts";
export { deliver } from "../export/deliver.ts";
export { recentDialog } from "../documents/recent.ts";
export { shareDialog } from "../share/share-dialog.ts";
export { privacyDialog } from "./privacy-dialog.ts";
export { hideDrop, showDrop } from "./drop-overlay.ts";
export { forgetSizes } from "./divider-sizes.ts";

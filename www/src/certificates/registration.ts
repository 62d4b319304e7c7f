/** How a CA is registered: the mode, the verification certificate that a mode may need, and the commands. */

import type { CaRegistration, CertificateMode, CertificateSummary } from "jitp";
import { LONGEST } from "../model/bounds.ts";
import { bundleOf } from "../model/bundle.ts";
import { certificateTitle } from "../model/certificate-title.ts";
import type { Entry } from "../model/entries.ts";
import type { State } from "../model/state.ts";
import { codeBox } from "../ui/code-box.ts";
import { h, icon, rerender } from "../ui/dom.ts";
import { fileButton } from "../ui/file-button.ts";
import { pemField } from "../ui/paste-field.ts";
import { remarks } from "../ui/remarks.ts";
import { commonWords } from "../words/common.ts";
import { intakeWords } from "../words/intake.ts";
import { registrationWords as say } from "../words/registration.ts";
import type { CertificateEvents } from "./events.ts";

/** The form of a registration code. The common name of a verification certificate is one. */
const CODE = /^[0-9a-f]{64}$/;

/** A verification certificate and its origin. */
interface Verification {
  pem: string;
  from: string;
}

/** Builds the part once, because its fields would lose their content. */
export function registrationView(events: CertificateEvents): { element: HTMLElement; render(ca: Entry | undefined, state: State): void } {
  let ca: Entry | undefined;
  let state: State | undefined;
  let mode: CertificateMode = "DEFAULT";
  let given: Verification | undefined;
  let run = 0;
  let asked = "";

  const code = h("input", {
    id: "registration-code",
    spellcheck: "false",
    autocomplete: "off",
    placeholder: "aws iot get-registration-code",
    on: {
      input: () => {
        const written = code.value;
        void events.clean(written).then((is) => {
          if (is || code.value !== written) return;
          code.value = "";
          events.refuseKey();
          void update();
        });
        void update();
      },
    },
  });
  const paste = pemField("verification-text", undefined, (text) => void take(text, say.pasted));
  const proof = h(
    "div",
    { class: "register-proof" },
    h("div", { class: "register-field" }, h("label", { for: "registration-code" }, say.code), code),
    h(
      "div",
      { class: "register-field" },
      h("label", { for: "verification-text" }, say.verification),
      paste,
      fileButton("verification-file", say.chooseFile, {}, ([file]) => void (file && takeFile(file))),
    ),
  );
  const result = h("div", { class: "register-result", role: "status" });
  const commands = h("div", {});
  const element = h(
    "details",
    { class: "register", "data-key": "register" },
    h("summary", {}, say.title),
    h(
      "fieldset",
      { class: "register-modes" },
      h("legend", {}, say.mode),
      ...(Object.keys(say.modes) as CertificateMode[]).map((value) =>
        h(
          "label",
          { class: "register-mode" },
          h("input", { type: "radio", name: "register-mode", value, checked: value === mode, on: { change: () => change(value) } }),
          h("span", {}, h("code", {}, value), " ", say.modes[value]),
        ),
      ),
    ),
    proof,
    result,
    commands,
  );
  element.addEventListener("toggle", () => void update());

  function change(to: CertificateMode): void {
    mode = to;
    proof.hidden = to === "SNI_ONLY";
    void update();
  }

  async function takeFile(file: File): Promise<void> {
    if (file.size > LONGEST) tooLarge(file.name);
    else await take(bundleOf(new Uint8Array(await file.arrayBuffer())), file.name);
  }

  async function take(bundle: string | Uint8Array, from: string): Promise<void> {
    if (bundle.length > LONGEST) {
      tooLarge(from);
      return;
    }
    const { summaries = [], keys = 0 } = (await events.call("read", { bundle })) ?? {};
    if (keys > 0) events.refuseKey();
    const pem = summaries.find((entry) => entry.pem !== undefined)?.pem;
    if (pem === undefined && keys > 0) return;
    if (pem === undefined) events.notify(say.notCertificate(from, summaries[0]?.error ?? ""), { tone: "warning" });
    else given = { pem, from };
    void update();
  }

  function tooLarge(from: string): void {
    events.notify(intakeWords.tooLarge(from, commonWords.tooLarge), { tone: "warning" });
  }

  /** The verification certificate that was given here, else one among the entries. */
  function verification(): Verification | undefined {
    if (given) return given;
    const found = state?.entries.find(({ summary }) => isVerification(summary));
    return found && { pem: found.summary.pem ?? "", from: found.from };
  }

  async function update(): Promise<void> {
    const pem = ca?.summary.pem;
    if (!element.open || pem === undefined) return;
    const proven = mode === "DEFAULT" ? verification() : undefined;
    const now = state?.options.now;
    const options = {
      mode,
      ...(mode === "DEFAULT" && code.value.trim() !== "" && { registrationCode: code.value.trim() }),
      ...(proven && { verificationCertificate: proven.pem }),
      ...(now !== undefined && { now }),
    };
    const key = JSON.stringify([pem, options]);
    if (key === asked) return;
    asked = key;
    const mine = ++run;
    const answer = await events.call("register", { ca: pem, options });
    if (mine !== run || !answer) return;
    const withoutGiven = () => {
      given = undefined;
      void update();
    };
    rerender(result, ...verdict(answer, proven, given && withoutGiven, events.rules));
    rerender(commands, h("h4", { class: "card-heading" }, say.commands), codeBox(answer.commands, say.commandsName, say.commands));
  }

  return {
    element,
    render(next, of) {
      [ca, state] = [next, of];
      element.hidden = next === undefined;
      void update();
    },
  };
}

function isVerification({ subject = [], pem }: CertificateSummary): boolean {
  return pem !== undefined && subject.some(({ oid, value }) => oid === "2.5.4.3" && CODE.test(value));
}

function verdict(
  { ok, mode, ca, verification, diagnostics }: CaRegistration,
  proven: Verification | undefined,
  drop: (() => void) | undefined,
  rules: string | undefined,
): (Node | null)[] {
  const codes =
    verification && (verification.codeMatches === undefined ? say.enterCode : verification.codeMatches ? say.codeMatches : say.codeDiffers);
  // A user who has just opened this has entered nothing yet, and done nothing wrong.
  const unchecked = verification?.signature === "not-checked" && diagnostics.every(({ severity }) => severity !== "error");
  const begun = mode === "SNI_ONLY" || verification !== undefined;
  const tone = ok ? "ok" : begun && !unchecked ? "bad" : "none";
  const words = ok ? say.can(certificateTitle(ca)) : unchecked ? say.unknown : begun ? say.refused : say.missing;
  return [
    h("p", { class: `register-verdict tone-${tone}` }, icon(tone === "ok" ? "check" : tone === "none" ? "dash" : "cross"), words),
    remarks(diagnostics, rules, true),
    verification && proven
      ? h(
          "p",
          { class: "aside" },
          say.given(proven.from, codes ?? ""),
          " ",
          drop && h("button", { type: "button", class: "link", "data-key": "drop-verification", on: { click: drop } }, say.remove),
        )
      : null,
  ];
}

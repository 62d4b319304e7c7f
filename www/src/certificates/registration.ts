/** How a CA is registered: the mode, the verification certificate where the mode wants one, and the commands. */

import type { CaRegistration, CertificateMode, CertificateSummary } from "jitp";
import { certificateTitle } from "../model/certificate-title.ts";
import type { CertificateEvents } from "./panel.ts";
import { h, icon, rerender } from "../ui/dom.ts";
import { type Intake, takeInBytes, takeInText } from "../app/file-content.ts";
import { remarks } from "../ui/remarks.ts";
import type { Entry, State } from "../model/state.ts";
import { copyButton } from "../ui/copy-save.ts";

const MODES: [CertificateMode, string][] = [
  ["DEFAULT", "with a verification certificate, which proves that you hold the CA's key"],
  ["SNI_ONLY", "without one; devices must send Server Name Indication"],
];

/** Registration codes look like this, and a verification certificate has one as its common name. */
const CODE = /^[0-9a-f]{64}$/;

/** A verification certificate, and where it comes from. */
interface Verification {
  pem: string;
  from: string;
}

/** Builds the part once, or its fields would lose what is written in them. */
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
  const paste = h("textarea", {
    class: "paste",
    rows: 1,
    id: "verification-text",
    placeholder: "Paste PEM text here",
    spellcheck: "false",
    autocomplete: "off",
    on: {
      paste(event) {
        const text = event.clipboardData?.getData("text/plain");
        if (!text) return;
        event.preventDefault();
        void take(takeInText(text), "pasted text");
      },
      input() {
        if (!paste.value.includes("-----END ")) return;
        const text = paste.value;
        paste.value = "";
        void take(takeInText(text), "pasted text");
      },
    },
  });
  const file = h("input", {
    type: "file",
    class: "visually-hidden",
    id: "verification-file",
    on: {
      change: async () => {
        const [chosen] = file.files ?? [];
        file.value = "";
        if (chosen) void take(takeInBytes(new Uint8Array(await chosen.arrayBuffer())), chosen.name);
      },
    },
  });
  const proof = h(
    "div",
    { class: "register-proof" },
    h("div", { class: "register-field" }, h("label", { for: "registration-code" }, "Registration code"), code),
    h(
      "div",
      { class: "register-field" },
      h("label", { for: "verification-text" }, "Verification certificate"),
      paste,
      h("span", { class: "file-button" }, file, h("label", { class: "button", for: "verification-file" }, icon("file"), "Choose its file")),
    ),
  );
  const result = h("div", { class: "register-result", role: "status" });
  const commands = h("div", {});
  const element = h(
    "details",
    { class: "register", "data-key": "register" },
    h("summary", {}, "Register this CA"),
    h(
      "fieldset",
      { class: "register-modes" },
      h("legend", {}, "Mode"),
      ...MODES.map(([value, what]) =>
        h(
          "label",
          { class: "register-mode" },
          h("input", { type: "radio", name: "register-mode", value, checked: value === mode, on: { change: () => change(value) } }),
          h("span", {}, h("code", {}, value), " ", what),
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

  async function take(intake: Intake, from: string): Promise<void> {
    if (intake.kind !== "certificates") return;
    const { summaries = [], keys = 0 } = (await events.call("read", { bundle: intake.bundle })) ?? {};
    if (keys > 0) events.refuseKey();
    const pem = summaries.find((entry) => entry.pem !== undefined)?.pem;
    if (pem === undefined && keys > 0) return;
    if (pem === undefined) events.notify(`${from} is no certificate. ${summaries[0]?.error ?? ""}`, { tone: "warning" });
    else given = { pem, from };
    void update();
  }

  /** The one that was given here, else one that lies among the certificates. */
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
    rerender(
      commands,
      h("h4", { class: "card-heading" }, "Commands"),
      h(
        "div",
        { class: "code-box" },
        h("pre", { class: "code", tabindex: 0, role: "group", "aria-label": "Commands that register the CA" }, answer.commands),
        copyButton("Commands", () => answer.commands),
      ),
    );
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
    verification &&
    (verification.codeMatches === undefined
      ? "Give the registration code to have it compared."
      : verification.codeMatches
        ? "Its common name is the registration code."
        : "Its common name is not the registration code.");
  // Whoever has just opened this has given nothing yet, and done nothing wrong.
  const unchecked = verification?.signature === "not-checked" && diagnostics.every(({ severity }) => severity !== "error");
  const begun = mode === "SNI_ONLY" || verification !== undefined;
  const tone = ok ? "ok" : begun && !unchecked ? "bad" : "none";
  const words = ok
    ? `Nothing is in the way of registering ${certificateTitle(ca)}.`
    : unchecked
      ? "It is not known whether AWS IoT would take it like this."
      : begun
        ? "AWS IoT would not take it like this."
        : "The verification certificate is still to come.";
  return [
    h("p", { class: `register-verdict tone-${tone}` }, icon(tone === "ok" ? "check" : tone === "none" ? "dash" : "cross"), words),
    remarks(diagnostics, rules, true),
    verification && proven
      ? h(
          "p",
          { class: "aside" },
          `Verification certificate: ${proven.from}. ${codes} `,
          drop && h("button", { type: "button", class: "link", "data-key": "drop-verification", on: { click: drop } }, "Take it away"),
        )
      : null,
  ];
}

/** The plan panel: the verdict, the steps and their results, or what is missing for a plan. */

import { type Diagnostic, type Plan, reachOf } from "jitp";
import { append, byId, h, icon, rerender, type Root, sentence } from "../ui/dom.ts";
import { keeper } from "../ui/kept.ts";
import { byWeight, finding, SEVERITY_ICON } from "../ui/findings.ts";
import { banner } from "./banner.ts";
import type { PlanEvents } from "./events.ts";
import { onlyNamed, verdictsOf } from "./headline.ts";
import { part } from "./part.ts";
import { stepsStrip } from "./steps.ts";
import { unread } from "./unread.ts";
import { chosenEntry, type State } from "../model/state.ts";
import { sharedFindings, toldInPlan } from "../model/about.ts";
import { entryTitle } from "../model/certificate-title.ts";
import { planWords as words } from "../words/plan.ts";
import { verdictWords } from "../words/verdict.ts";

type Below = typeof import("./below.ts");

/** Builds the panel once, with what `below` loads once it is opened; the answer renders the parts that depend on the state. */
export function planPanel(
  root: Root,
  fleet: HTMLElement,
  options: HTMLElement,
  inAccount: HTMLElement,
  asking: HTMLElement,
  events: PlanEvents,
  below: () => Promise<Below>,
): { render(state: State): void; renderVerdict(state: State): void; open(): Promise<void> } {
  // What has fields is built once: a field that is rendered again loses its cursor.
  const strip = stepsStrip();
  const kept = keeper();
  const verdict = h("div", {});
  const source = h("div", {});
  const top = h("div", { class: "plan-top" }, verdict, strip.element, source);
  const body = h("div", { class: "plan-body plan-causes" });
  const access = h("div", { class: "plan-body" });
  const rest = h("div", { class: "plan-body" });
  append(byId(root, "plan"), top, fleet, options, body, access, asking, rest, inAccount);
  let made: Below | undefined;
  let opening: Promise<void> | undefined;
  let newest: State | undefined;
  const panel = {
    /** Shows what is below the verdict and the steps, from now on. */
    open: () =>
      (opening ??= below().then((loaded) => {
        made = loaded;
        if (newest) panel.render(newest);
      })),
    renderVerdict(state: State) {
      if (state.failure !== undefined) rerender(verdict, failure(state.failure), state.unread && unread(state.unread, "h3"));
      else rerender(verdict, ...banner(verdictsOf(state), planOf(state.analysis), state.fleet?.sum, events));
    },
    render(state: State) {
      newest = state;
      panel.renderVerdict(state);
      const inputs = state.failure === undefined && given(state, events);
      const plan = state.failure === undefined ? planOf(state.analysis) : undefined;
      if (!plan) {
        rerender(source, inputs);
        strip.render(undefined, undefined);
        rerender(body, state.failure === undefined && outline(state));
        for (const part of [access, rest]) rerender(part);
        return;
      }
      rerender(source, inputs);
      strip.render(plan, made && ((step, of) => made?.stepDetails(step, of, events) ?? []));
      const why = whyPart(state, plan, events);
      const goesWell = plan.verdict === "provisions" || plan.verdict === "registered";
      const reach = goesWell && plan.access ? reachOf(plan.access) : undefined;
      for (const shown of [strip.element, body, inAccount, access, rest]) shown.toggleAttribute("data-in-vain", reach === "cannot");
      // The cause of a failure comes first; remarks on a plan that provisions come after its steps.
      rerender(body, !goesWell && why, made?.picturePart(plan, events.showPlace));
      rerender(access, made && kept("access", plan.access, () => made?.accessPart(plan, events) ?? null));
      rerender(
        rest,
        made && kept("minute", plan.access, () => made?.minutePart(plan) ?? null),
        goesWell && why,
        ...(made ? results(made, plan, events, kept) : []),
      );
    },
  };
  return panel;
}

/** The results. What a key does not change is not made again: policies and the trust policy are most of the plan's text. */
function results(made: Below, plan: Plan, events: PlanEvents, kept: ReturnType<typeof keeper>): (HTMLElement | null)[] {
  return [
    kept("look", plan.lookAt, () => made.lookAtPart(plan)),
    kept("notes", plan.notes, () => made.notesPart(plan)),
    kept("parameters", [plan.parameters, plan.flow, plan.certificate], () => made.parametersPart(plan, events)),
    kept("thing", [plan.thing, plan.steps], () => made.thingPart(plan, events)),
    kept("policies", plan.policies, () => made.policiesPart(plan, events)),
    kept("preconditions", plan.preconditions, () => made.preconditionsPart(plan)),
    kept("role", plan.role, () => made.rolePart(plan.role)),
  ];
}

/** The plan, if the text has a template. */
const planOf = (analysis: State["analysis"]): Plan | undefined => (analysis && !onlyNamed(analysis) ? analysis.plan : undefined);

/**
 * The causes of the verdict, and what is said of this device. What has a place in the template is a line that leads there if both are in
 * sight, and what is about the certificate is at the certificate.
 */
function whyPart(state: State, plan: Plan, events: PlanEvents): HTMLElement | null {
  const shared = sharedFindings(state);
  const goesWell = plan.verdict === "provisions" || plan.verdict === "registered";
  // A warning is a cause only of what is unknown.
  const onlyErrors = !goesWell && plan.verdict !== "unknown";
  const atText = new Set(toldInPlan(state, shared).filter(({ severity }) => severity === "error" || !onlyErrors));
  const told = byWeight([...atText, ...shared.plan]).map((diagnostic, i) => {
    const item = finding(diagnostic, `why-${i}`, plan.flow, events);
    item.classList.toggle("is-at-text", atText.has(diagnostic));
    return item;
  });
  const [worst] = byWeight(shared.certificate);
  const there = worst && atCertificate(worst.severity, shared.certificate.length, events);
  if (told.length === 0 && (!there || goesWell)) return there ?? null;
  const made = part(
    plan.verdict === "provisions" && plan.flow !== "jitp" ? words.aboutRequest : words.why[plan.verdict],
    worst?.severity === "error" && there,
    told.length > 0 && h("ol", { class: "findings" }, ...told),
    worst?.severity !== "error" && there,
  );
  made.classList.add("part-causes");
  return made;
}

/** Leads to the findings about the certificate. */
function atCertificate(worst: Diagnostic["severity"], n: number, events: PlanEvents): HTMLElement {
  return h(
    "p",
    { class: `at-certificate finding-${worst}` },
    icon(SEVERITY_ICON[worst]),
    h(
      "button",
      { type: "button", class: "link act", "data-key": "at-certificate", on: { click: () => events.showCertificate() } },
      words.atCertificate(n),
    ),
  );
}

/** The inputs of the plan, so that the verdict can be understood on its own. */
function given(state: State, events: PlanEvents): HTMLElement | null {
  if (state.source.trim() === "") return null;
  const link = (text: string, view: "template" | "certificate") =>
    h("button", { type: "button", class: "link", "data-key": `given-${view}`, on: { click: () => events.show(view) } }, text);
  return h("p", { class: "given" }, ...sentence(words.from, link(words.theTemplate, "template"), link(besides(state), "certificate")));
}

/** The input besides the template. */
function besides(state: State): string {
  if (state.options.flow !== "jitp") {
    const missing = state.analysis?.plan?.parameters.filter(({ origin }) => origin === "missing").length ?? 0;
    return words.theRequest(missing);
  }
  const entry = chosenEntry(state);
  return entry ? words.certificateOf(entryTitle(entry)) : words.noCertificate;
}

/** Without a certificate: the parameters that one must provide. */
function outline(state: State): HTMLElement | null {
  const report = state.analysis?.report;
  if (state.source.trim() === "" || !report || (report.parameters.length === 0 && report.resources.length === 0)) return null;
  return part(
    words.declared,
    report.parameters.length > 0 && h("h4", { class: "card-heading" }, words.fromCertificate),
    h("ul", { class: "plain-list" }, ...report.parameters.map((name) => h("li", {}, h("code", { class: "breaks" }, name)))),
    report.resources.length > 0 && h("h4", { class: "card-heading" }, words.resources),
    h(
      "ul",
      { class: "plain-list" },
      ...report.resources.map(({ logicalName, type }) =>
        h("li", {}, logicalName, " ", h("code", { class: "aside" }, type ?? words.noType)),
      ),
    ),
  );
}

function failure(cause: string): HTMLElement {
  return h(
    "div",
    { class: "verdict verdict-bad", id: "verdict" },
    h("h3", { class: "verdict-words" }, icon("cross"), verdictWords.couldNotStart),
    h("p", { class: "verdict-summary" }, words.notLoaded(cause)),
    h("p", {}, h("button", { type: "button", class: "button", on: { click: () => location.reload() } }, words.loadAgain)),
  );
}

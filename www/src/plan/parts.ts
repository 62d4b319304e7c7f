/** The inputs and results of a plan: parameters, thing, policies, and what must already exist. */

import type { Parameter, Plan, PlannedPolicy, Precondition, Role } from "jitp";
import { h, prose } from "../ui/dom.ts";
import { parameterPlace, property } from "../model/places.ts";
import type { PlanEvents } from "./events.ts";
import { part } from "./part.ts";
import { codeBox } from "../ui/code-box.ts";
import { copyButton } from "../ui/copy-save.ts";

const PREFIX = "AWS::IoT::Certificate::";

/** Every parameter with its value and where the value comes from. */
export function parametersPart(plan: Plan, events: PlanEvents): HTMLElement | null {
  if (plan.parameters.length === 0) return null;
  return part(
    "Parameters",
    h(
      "table",
      { class: "parameters" },
      h(
        "thead",
        {},
        h("tr", {}, h("th", { scope: "col" }, "Parameter"), h("th", { scope: "col" }, "Value"), h("th", { scope: "col" }, "Comes from")),
      ),
      h("tbody", {}, ...plan.parameters.map((parameter, i) => parameterRow(parameter, i, plan, events))),
    ),
  );
}

function parameterRow(parameter: Parameter, i: number, plan: Plan, events: PlanEvents): HTMLTableRowElement {
  const { name, value, span, origin } = parameter;
  const label = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  const head = span
    ? h(
        "button",
        {
          type: "button",
          class: "link",
          title: `${name}: show it in the template`,
          "data-key": `parameter-${i}`,
          on: { click: () => events.jump(span) },
        },
        label,
      )
    : h("span", {}, label);
  return h(
    "tr",
    { class: `origin-${origin}`, "data-place": parameterPlace(name) },
    h("th", { scope: "row" }, head),
    h(
      "td",
      { class: "parameter-value" },
      value === undefined ? h("span", { class: "text-bad" }, "no value") : h("code", { class: "breaks", "data-lines": true }, value),
    ),
    h("td", { class: "parameter-origin" }, ...originOf(parameter, plan)),
  );
}

function originOf({ name, origin, attribute }: Parameter, plan: Plan): (Node | string)[] {
  switch (origin) {
    case "subject": {
      if (!attribute) return ["Subject"];
      const short = plan.certificate.subject?.find(({ index }) => index === attribute.index)?.name ?? attribute.oid;
      const others = attribute.others.length;
      const origin: (Node | string)[] = [
        `Subject attribute ${short}`,
        h("span", { class: "aside" }, `${attribute.oid} · position ${attribute.index + 1} · ${attribute.encoding}`),
      ];
      if (others > 0) origin.push(h("span", { class: "aside text-warn" }, `Not used: ${attribute.others.join(", ")}`));
      return origin;
    }
    case "certificate":
      return name === `${PREFIX}Id`
        ? ["Certificate ID", h("span", { class: "aside" }, "SHA-256 of the certificate")]
        : ["The certificate's own serial number", h("span", { class: "aside" }, "in decimal")];
    case "given":
      return ["Given to RegisterThing"];
    case "default":
      return ["Default in the template"];
    case "missing":
      return [plan.flow === "jitp" ? "Not in the certificate, and no Default" : "Not given, and no Default"];
  }
}

/** A value that shows its origin when a user points at it, and leads there when it is pressed. */
function fromTemplate(text: string, place: string, events: PlanEvents): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "value-link",
      title: "Show where it comes from",
      "data-place": place,
      "data-key": `place-${place}`,
      on: { click: () => events.showPlace(place) },
    },
    text,
  );
}

/** Nodes with commas between them. */
function listed(nodes: Node[]): (Node | string)[] {
  return nodes.flatMap((node, i) => (i === 0 ? [node] : [", ", node]));
}

/** The thing. */
export function thingPart({ thing, steps }: Plan, events: PlanEvents): HTMLElement | null {
  if (!thing) return null;
  const made = steps.find((step) => step.number === 2)?.outcome === "done";
  const attributes = Object.entries(thing.attributes);
  const overrides = Object.entries(thing.overrides);
  const row = (term: string, ...content: (Node | string)[]) => [h("dt", {}, term), h("dd", {}, ...content)];
  const link = (text: string, ...path: (string | number)[]) => fromTemplate(text, property(thing.logicalName, ...path), events);
  return part(
    made ? "Thing" : "Thing (not created)",
    h("p", { class: "made-name" }, link(thing.name, "ThingName")),
    h("p", { class: "made-arn" }, h("code", { class: "breaks" }, thing.arn)),
    h(
      "dl",
      { class: "pairs" },
      ...(thing.typeName === undefined ? [] : row("Type", link(thing.typeName, "ThingTypeName"))),
      ...(attributes.length === 0
        ? []
        : row(
            "Attributes",
            h(
              "ul",
              { class: "plain-list" },
              ...attributes.map(([name, value]) =>
                h(
                  "li",
                  {},
                  h("code", {}, name),
                  " = ",
                  h("code", { class: "breaks" }, link(value === "" ? "(empty)" : value, "AttributePayload", name)),
                ),
              ),
            ),
          )),
      ...(thing.groups.length === 0
        ? []
        : row(thing.groups.length === 1 ? "Group" : "Groups", ...listed(thing.groups.map((group, i) => link(group, "ThingGroups", i))))),
      ...(thing.billingGroup === undefined ? [] : row("Billing group", link(thing.billingGroup, "BillingGroup"))),
      ...row(
        "If it already exists",
        overrides.length === 0
          ? "OverrideSettings are not set, and AWS documents no default"
          : overrides.map(([name, value]) => `${name}: ${value}`).join(", "),
      ),
    ),
  );
}

/** The policies, with readable documents. */
export function policiesPart({ policies }: Plan, events: PlanEvents): HTMLElement | null {
  if (policies.length === 0) return null;
  return part(policies.length === 1 ? "Policy" : "Policies", ...policies.map((made, i) => policy(made, i, events)));
}

function policy({ logicalName, name, arn, document }: PlannedPolicy, i: number, events: PlanEvents): HTMLElement {
  const place = property(logicalName, document === undefined ? "PolicyName" : "PolicyDocument");
  const text = document === undefined ? undefined : pretty(document);
  return h(
    "div",
    { class: "policy" },
    h("p", { class: "made-name" }, fromTemplate(name, place, events), h("span", { class: "aside" }, `${logicalName} in the template`)),
    h("p", { class: "made-arn" }, h("code", { class: "breaks" }, arn)),
    text === undefined
      ? h("p", { class: "fact-quiet" }, "Referenced by name: it must already exist.")
      : h(
          "details",
          { open: true, "data-key": `policy-${i}` },
          h("summary", { "data-key": `policy-summary-${i}` }, "Document"),
          codeBox(text, "Policy document"),
        ),
  );
}

/** A document with indentation, or as it is if it is not JSON. */
function pretty(document: string): string {
  try {
    return JSON.stringify(JSON.parse(document), null, 2);
  } catch {
    return document;
  }
}

const KIND: Record<Precondition["kind"], string> = {
  "thing-type": "Thing type",
  "thing-group": "Thing group",
  "billing-group": "Billing group",
  policy: "Policy",
};

/** The resources that must already exist. */
export function preconditionsPart({ preconditions }: Plan): HTMLElement | null {
  if (preconditions.length === 0) return null;
  return part(
    "Must already exist",
    h("p", { class: "part-lead" }, "Provisioning creates none of these."),
    h(
      "ul",
      { class: "preconditions" },
      ...preconditions.map(({ kind, name, arn }) =>
        h("li", {}, h("span", { class: "badge" }, KIND[kind]), " ", h("strong", {}, name), h("code", { class: "aside breaks" }, arn)),
      ),
    ),
  );
}

/** The notes on the device. */
export function notesPart({ notes }: Plan): HTMLElement | null {
  if (notes.length === 0) return null;
  return part("On the device", h("ul", { class: "bullets" }, ...notes.map((note) => h("li", {}, ...prose(note)))));
}

/** The logs and metrics in which AWS shows why a device failed. */
export function lookAtPart({ lookAt }: Plan): HTMLElement | null {
  if (lookAt.length === 0) return null;
  return part("Where to look in AWS", h("ul", { class: "bullets" }, ...lookAt.map((place) => h("li", {}, ...prose(place)))));
}

/** The provisioning role, which jitp cannot check by the text alone. */
export function rolePart(role: Role | undefined): HTMLElement | null {
  if (!role) return null;
  return part(
    "Provisioning role",
    h("p", { class: "made-arn" }, h("code", { class: "breaks" }, role.arn)),
    h("ul", { class: "bullets" }, ...role.requirements.map((requirement) => h("li", {}, ...prose(requirement)))),
    h(
      "dl",
      { class: "pairs" },
      h("dt", {}, "Managed policy"),
      h(
        "dd",
        {},
        h("code", { class: "breaks" }, role.managedPolicyArn),
        copyButton("Managed policy ARN", () => role.managedPolicyArn),
      ),
    ),
    h(
      "details",
      { "data-key": "trust" },
      h("summary", { "data-key": "trust-summary" }, "Trust policy"),
      codeBox(role.trustPolicy, "Trust policy"),
    ),
  );
}

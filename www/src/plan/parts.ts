/** The inputs and results of a plan: parameters, thing, policies, and what must already exist. */

import type { Parameter, Plan, PlannedPolicy, Role } from "jitp";
import { h, prose } from "../ui/dom.ts";
import { parameterPlace, property } from "../model/places.ts";
import type { PlanEvents } from "./events.ts";
import { part } from "./part.ts";
import { codeBox } from "../ui/code-box.ts";
import { copyButton } from "../ui/copy-save.ts";
import { partsWords as words } from "../words/parts.ts";

const PREFIX = "AWS::IoT::Certificate::";

/** Every parameter with its value and where the value comes from. */
export function parametersPart(plan: Plan, events: PlanEvents): HTMLElement | null {
  if (plan.parameters.length === 0) return null;
  return part(
    words.parameters,
    h(
      "table",
      { class: "parameters" },
      h("thead", {}, h("tr", {}, ...Object.values(words.columns).map((title) => h("th", { scope: "col" }, title)))),
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
          title: words.showInTemplate(name),
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
      value === undefined ? h("span", { class: "text-bad" }, words.noValue) : h("code", { class: "breaks", "data-lines": true }, value),
    ),
    h("td", { class: "parameter-origin" }, ...originOf(parameter, plan)),
  );
}

function originOf({ name, origin, attribute }: Parameter, plan: Plan): (Node | string)[] {
  switch (origin) {
    case "subject": {
      if (!attribute) return [words.subject];
      const short = plan.certificate.subject?.find(({ index }) => index === attribute.index)?.name ?? attribute.oid;
      const others = attribute.others.length;
      const origin: (Node | string)[] = [
        words.attribute(short),
        h("span", { class: "aside" }, words.attributePlace(attribute.oid, attribute.index + 1, attribute.encoding)),
      ];
      if (others > 0) origin.push(h("span", { class: "aside text-warn" }, words.notUsed(attribute.others)));
      return origin;
    }
    case "certificate":
      return name === `${PREFIX}Id`
        ? [words.certificateId, h("span", { class: "aside" }, words.certificateIdNote)]
        : [words.ownSerial, h("span", { class: "aside" }, words.ownSerialNote)];
    case "given":
      return [words.given];
    case "default":
      return [words.default];
    case "missing":
      return [plan.flow === "jitp" ? words.notInCertificate : words.notGiven];
  }
}

/** A value that shows its origin when a user points at it, and leads there when it is pressed. */
function fromTemplate(text: string, place: string, events: PlanEvents): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "value-link",
      title: words.showOrigin,
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
    made ? words.thing : words.thingNotCreated,
    h("p", { class: "made-name" }, link(thing.name, "ThingName")),
    h("p", { class: "made-arn" }, h("code", { class: "breaks" }, thing.arn)),
    h(
      "dl",
      { class: "pairs" },
      ...(thing.typeName === undefined ? [] : row(words.type, link(thing.typeName, "ThingTypeName"))),
      ...(attributes.length === 0
        ? []
        : row(
            words.attributes,
            h(
              "ul",
              { class: "plain-list" },
              ...attributes.map(([name, value]) =>
                h(
                  "li",
                  {},
                  h("code", {}, name),
                  " = ",
                  h("code", { class: "breaks" }, link(value === "" ? words.empty : value, "AttributePayload", name)),
                ),
              ),
            ),
          )),
      ...(thing.groups.length === 0
        ? []
        : row(words.groups(thing.groups.length), ...listed(thing.groups.map((group, i) => link(group, "ThingGroups", i))))),
      ...(thing.billingGroup === undefined ? [] : row(words.billingGroup, link(thing.billingGroup, "BillingGroup"))),
      ...row(words.ifExists, overrides.length === 0 ? words.noOverrides : overrides.map(([name, value]) => `${name}: ${value}`).join(", ")),
    ),
  );
}

/** The policies, with readable documents. */
export function policiesPart({ policies }: Plan, events: PlanEvents): HTMLElement | null {
  if (policies.length === 0) return null;
  return part(words.policies(policies.length), ...policies.map((made, i) => policy(made, i, events)));
}

function policy({ logicalName, name, arn, document }: PlannedPolicy, i: number, events: PlanEvents): HTMLElement {
  const place = property(logicalName, document === undefined ? "PolicyName" : "PolicyDocument");
  const text = document === undefined ? undefined : pretty(document);
  return h(
    "div",
    { class: "policy" },
    h("p", { class: "made-name" }, fromTemplate(name, place, events), h("span", { class: "aside" }, words.inTemplate(logicalName))),
    h("p", { class: "made-arn" }, h("code", { class: "breaks" }, arn)),
    text === undefined
      ? h("p", { class: "fact-quiet" }, words.byName)
      : h(
          "details",
          { open: true, "data-key": `policy-${i}` },
          h("summary", { "data-key": `policy-summary-${i}` }, words.document),
          codeBox(text, words.policyDocument),
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

/** The resources that must already exist. */
export function preconditionsPart({ preconditions }: Plan): HTMLElement | null {
  if (preconditions.length === 0) return null;
  return part(
    words.mustExist,
    h("p", { class: "part-lead" }, words.mustExistLead),
    h(
      "ul",
      { class: "preconditions" },
      ...preconditions.map(({ kind, name, arn }) =>
        h(
          "li",
          {},
          h("span", { class: "badge" }, words.kinds[kind]),
          " ",
          h("strong", {}, name),
          h("code", { class: "aside breaks" }, arn),
        ),
      ),
    ),
  );
}

/** The notes on the device. */
export function notesPart({ notes }: Plan): HTMLElement | null {
  if (notes.length === 0) return null;
  return part(words.onDevice, h("ul", { class: "bullets" }, ...notes.map((note) => h("li", {}, ...prose(note)))));
}

/** The logs and metrics in which AWS shows why a device failed. */
export function lookAtPart({ lookAt }: Plan): HTMLElement | null {
  if (lookAt.length === 0) return null;
  return part(words.lookAt, h("ul", { class: "bullets" }, ...lookAt.map((place) => h("li", {}, ...prose(place)))));
}

/** The provisioning role, which jitp cannot check by the text alone. */
export function rolePart(role: Role | undefined): HTMLElement | null {
  if (!role) return null;
  return part(
    words.role,
    h("p", { class: "made-arn" }, h("code", { class: "breaks" }, role.arn)),
    h("ul", { class: "bullets" }, ...role.requirements.map((requirement) => h("li", {}, ...prose(requirement)))),
    h(
      "dl",
      { class: "pairs" },
      h("dt", {}, words.managedPolicy),
      h(
        "dd",
        {},
        h("code", { class: "breaks" }, role.managedPolicyArn),
        copyButton(words.managedPolicyArn, () => role.managedPolicyArn),
      ),
    ),
    h(
      "details",
      { "data-key": "trust" },
      h("summary", { "data-key": "trust-summary" }, words.trustPolicy),
      codeBox(role.trustPolicy, words.trustPolicy),
    ),
  );
}

// Access: one question to a compiled device, and what the plan's answers cost it.
import assert from "node:assert/strict";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Device, Template } from "jitp";
import { makeCertificates } from "./certificates.mjs";
import { race } from "./measure.mjs";
import { config } from "./template.mjs";

const ACCOUNT = "444455556666";
const REGION = "eu-west-1";
const THING = "${iot:Connection.Thing.ThingName}";
const arn = (resource) => `arn:aws:iot:${REGION}:${ACCOUNT}:${resource}`;
const statement = (Effect, Action, Resource, Condition) => ({ Effect, Action, Resource, ...(Condition && { Condition }) });

/** Two policies with a Deny, conditions and variables, and requests that are allowed, denied by a Deny and denied by default. */
const policies = [
  {
    Version: "2012-10-17",
    Statement: [
      statement("Allow", "iot:Connect", arn(`client/${THING}`), { Bool: { "iot:Connection.Thing.IsAttached": "true" } }),
      statement("Allow", ["iot:Publish", "iot:Receive"], [arn(`topic/meters/${THING}/*`), arn(`topic/$aws/things/${THING}/shadow/*`)]),
      statement("Allow", "iot:Subscribe", arn(`topicfilter/meters/${THING}/*`)),
    ],
  },
  {
    Version: "2012-10-17",
    Statement: [
      statement("Deny", "iot:Publish", arn("topic/meters/*/firmware"), {
        StringNotEquals: { "iot:Certificate.Subject.OrganizationalUnit": "Operators" },
      }),
    ],
  },
];
const asked = [
  [{ verb: "connect" }, "allowed"],
  [{ verb: "publish", topic: "meters/meter-7/reading" }, "allowed"],
  [{ verb: "publish", topic: "meters/meter-7/firmware" }, "denied"],
  [{ verb: "subscribe", filter: "meters/meter-8/commands" }, "denied"],
];

/** Microseconds a question. */
export async function questions(smoke) {
  const device = new Device({
    policies,
    thing: { name: "meter-7" },
    certificate: { subject: "/OU=Meters/CN=meter-7" },
    region: REGION,
    accountId: ACCOUNT,
  });
  for (const [request, answer] of asked) assert.equal(device.can(request).answer, answer, request.verb);
  const contenders = Object.fromEntries(
    asked.map(([request, answer]) => [
      `can, ${request.verb}, ${answer}`,
      (from, to) => {
        for (let i = from; i < to; i++) device.can(request);
      },
    ]),
  );
  return race(contenders, { items: smoke ? 10 : 20_000, slice: 1_000, rounds: smoke ? 1 : 7 });
}

/**
 * Microseconds a plan by this build and by another one, for example by one from before plans said what a device may do. `library` is the
 * other build's `dist/node.js`.
 */
export async function plans(library, smoke, options) {
  const other = await import(pathToFileURL(resolve(library)));
  const [{ der }] = makeCertificates(1);
  const times = (build) => {
    const template = new build.Template(config);
    assert.equal(template.dryRun(der, options).verdict, "provisions");
    return (from, to) => {
      for (let i = from; i < to; i++) template.dryRun(der, options);
    };
  };
  const contenders = { "plan, this build": times({ Template }), "plan, the other build": times(other) };
  return race(contenders, { items: smoke ? 10 : 4_000, slice: 200, rounds: smoke ? 1 : 11 });
}

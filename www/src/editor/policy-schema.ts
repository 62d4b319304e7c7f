/** What a policy document of AWS IoT may hold, for completion inside one. The package's schema knows a document as a string only. */

import { policyWords as words } from "../words/policy.ts";
import type { Schema } from "./json-schema.ts";

/** The actions of devices, as AWS's list of policy actions has them. */
export const ACTIONS = [
  "iot:Connect",
  "iot:Publish",
  "iot:Receive",
  "iot:RetainPublish",
  "iot:Subscribe",
  "iot:GetRetainedMessage",
  "iot:ListRetainedMessages",
  "iot:GetThingShadow",
  "iot:UpdateThingShadow",
  "iot:DeleteThingShadow",
  "iot:ListNamedShadowsForThing",
];

/** A text, or several. */
const oneOrMore = (description: string, examples: string[] = []): Schema => ({ description, examples, items: { examples } });

const STATEMENT: Schema = {
  type: "object",
  required: ["Effect", "Action", "Resource"],
  properties: {
    Sid: { type: "string", description: words.sid },
    Effect: { type: "string", description: words.effect, enum: ["Allow", "Deny"] },
    Action: oneOrMore(words.action, ACTIONS),
    Resource: oneOrMore(words.resource),
    Condition: { type: "object", description: words.condition },
  },
};

export const POLICY: Schema = {
  type: "object",
  required: ["Version", "Statement"],
  properties: {
    Version: { type: "string", description: words.version, enum: ["2012-10-17"] },
    Statement: { type: "array", description: words.statement, items: STATEMENT, anyOf: [STATEMENT] },
  },
};

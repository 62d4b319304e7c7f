/** Asks a device, and puts the answers into the shape of AWS's `TestAuthorization`. */
import { type AccessContext, checkedRequest, type Decision, type DocumentFindings, regionPartition, type SimulationContext } from "jitp";
import type { Answered } from "../report/decision.js";
import { actionType, type Asked, type AuthInfo, type AuthPolicy, type AuthResult, authDecision, authPolicies } from "./authorization.js";
import type { Devices, Location } from "./devices.js";

/** The answers to one request of the command line, or to one of a file, which can name several resources. */
export interface Result {
  answers: Answered[];
  /** The findings in the documents that were given. */
  documents: DocumentFindings[];
  /** In AWS's shape. */
  authResult: AuthResult;
}

/** Asks for each resource of one request. */
export function ask(devices: Devices, asked: readonly Asked[], info: AuthInfo | undefined, how: AccessContext): Result {
  const all = asked.map(({ request, clientId, region, accountId }) => {
    const at: Location = { ...(region === undefined ? {} : { region }), ...(accountId === undefined ? {} : { accountId }) };
    const own = clientId === undefined ? how : { ...how, clientId };
    const device = devices.at(at);
    const { context, answers, documents } = device.simulate([request], own);
    return { request, context, decision: answers[0] as Decision, documents, byPolicy: device.canByPolicy(request, own) };
  });
  const answers = all.map(({ request, context, decision }) => ({ request, context, decision }));
  return {
    answers,
    documents: all[0]?.documents ?? [],
    authResult: {
      authInfo: info ?? infoOf(answers),
      ...authPolicies(
        all.map(({ byPolicy }) => byPolicy),
        (policy) => policyIn(devices, policy, answers[0]?.context),
      ),
      ...inWords(answers.map(({ decision }) => decision)),
      why: answers,
    },
  };
}

function infoOf(answers: readonly Answered[]): AuthInfo {
  const type = answers[0] && actionType(answers[0].request);
  return {
    ...(type === undefined ? {} : { actionType: type }),
    resources: answers.map(({ request, context }) => checkedRequest(request, context).resource),
  };
}

function inWords(decisions: readonly Decision[]): Pick<AuthResult, "authDecision" | "missingContextValues" | "answer"> {
  const decided = authDecision(decisions);
  const missing = decisions.flatMap((decision) => decision.missing.filter(({ kind }) => kind === "value").map(({ name }) => name));
  return {
    ...(decided === undefined ? {} : { authDecision: decided }),
    missingContextValues: [...new Set(missing)],
    answer: decided === undefined ? "unknown" : decided === "ALLOWED" ? "allowed" : "denied",
  };
}

/** A policy as AWS lists it. */
function policyIn(devices: Devices, policy: string, context: SimulationContext | undefined): AuthPolicy {
  const { name, arn } = devices.policyOf(policy);
  if (arn !== undefined) return { policyName: name, policyArn: arn };
  const { region, accountId } = context ?? {};
  const partition = region === undefined ? undefined : regionPartition(region);
  // Only AWS knows the name of a policy that is created from a document.
  if (partition === undefined || accountId === undefined || name.startsWith("<")) return { policyName: name };
  return { policyName: name, policyArn: `arn:${partition}:iot:${region}:${accountId}:policy/${name}` };
}

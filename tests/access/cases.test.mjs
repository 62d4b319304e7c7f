// Public reports and pages: the answer that somebody got from AWS, or that AWS's pages give, is ours.
//
// Cases: the corpus (../shared/corpus, or the folder in JITP_CORPUS), if it exists.
import assert from "node:assert/strict";
import test from "node:test";
import { dryRun, simulate } from "jitp";
import { ACCOUNT, NAME, cases, contextOf, requestOf, templateOf } from "./corpus.mjs";

/** The answer for the policies of a case, its thing and its certificate. A policy that is only named is one that nobody has seen. */
const answerTo = (given) =>
  simulate({
    policies: given.policies.filter((policy) => typeof policy !== "string"),
    unseenPolicies: given.policies.filter((policy) => typeof policy === "string"),
    thing: { name: NAME, attributes: given.attributes, exclusive: given.exclusive, ...(given.type && { typeName: given.type }) },
    certificate: { subject: `/CN=${NAME}` },
    requests: [requestOf(given)],
    context: contextOf(given),
    region: given.region,
    accountId: ACCOUNT,
  }).answers[0];

const skip = cases === undefined && "there is no corpus";

for (const confidence of ["documented", "reported", "inferred"]) {
  test(`the answer is the one of every case that is ${confidence}`, { skip }, (t) => {
    const chosen = cases.filter((given) => given.confidence === confidence);
    assert.ok(chosen.length > 0, "the corpus has such cases");
    const wrong = [];
    for (const given of chosen) {
      const { answer, reason } = answerTo(given);
      if (confidence === "inferred") t.diagnostic(`${given.name}: ${answer}. ${reason}`);
      if (answer !== given.expect) wrong.push(`${given.name}: ${answer}, not ${given.expect}. ${reason} (${given.why})`);
    }
    assert.deepEqual(wrong, []);
  });
}

test("an answer names the statement that decides, and an unknown one what would decide it", { skip }, () => {
  for (const given of cases) {
    const { answer, denial, reason, statement, missing, cause } = answerTo(given);
    assert.ok(reason.length > 20, `${given.name}: ${reason}`);
    if (answer === "allowed") assert.equal(statement?.effect, "Allow", given.name);
    if (denial === "explicit") assert.equal(statement?.effect, "Deny", given.name);
    if (answer === "unknown") assert.ok(missing.length > 0 || cause === "undecided", `${given.name}: ${cause}`);
    else assert.deepEqual(missing, [], given.name);
    assert.equal(denial !== undefined, answer === "denied", given.name);
  }
});

test("a plan says of a connection what the policies say by themselves", { skip }, () => {
  const connections = cases.filter(({ verb }) => verb === "connect");
  assert.ok(connections.length > 5);
  for (const given of connections) {
    const options = { region: given.region, accountId: ACCOUNT, ...contextOf(given) };
    const { access, summary } = dryRun(templateOf(given), { subject: `/CN=${NAME}` }, options);
    assert.ok(access, `${given.name}: ${summary}`);
    const facts = ({ answer, denial, cause, missing }) => ({ answer, denial, cause, missing });
    assert.deepEqual(facts(access.connect), facts(answerTo(given)), given.name);
    assert.equal(access.connects, given.expect, given.name);
  }
});

// Generated policies and requests: our answer is the one that IAM's rules give, as `@cloud-copilot/iam-simulate` has them.
//
// 1,000 devices with policies, six requests each. JITP_DICE=7 tries others. A disagreement is printed with all that it takes to look at it.
import assert from "node:assert/strict";
import test from "node:test";
import { Device } from "jitp";
import { Draw, seed } from "./draw.mjs";
import { generated, given, location } from "./generate.mjs";
import { judged } from "./judge.mjs";

/** What the judge decides otherwise than a page of AWS: a condition, and whether it matches by the page and by the judge. */
const OTHERWISE = [
  {
    page: "IAM, condition operators: a range is written as RFC 4632 does, so that 0.0.0.0/0 has every address of IPv4",
    condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } },
    matches: true,
  },
  {
    page: "IAM, condition operators: NotIpAddress matches all addresses but the given ones, and so those of IPv6",
    condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.1" } },
    values: { "aws:SourceIp": "2001:db8::7" },
    matches: true,
  },
  {
    page: "IAM, condition operators: with IfExists a condition is true if the key is not present, whatever the operator",
    condition: { "ForAnyValue:StringEqualsIfExists": { "iot:Certificate.Subject.OrganizationalUnit.List": "hall" } },
    matches: true,
  },
];

const SETS = 1_000;
const REQUESTS = 6;

test("the answers for 6,000 generated requests are those of IAM's rules", (t) => {
  t.diagnostic(`JITP_DICE=${seed}`);
  const counts = { allowed: 0, explicit: 0, implicit: 0 };
  const wrong = [];
  for (let set = 0; set < SETS; set++) {
    const { device, policies, context, requests } = generated(new Draw(`judge ${set}`), REQUESTS);
    const ours = new Device({ policies, ...given(device), ...location });
    for (const request of requests) {
      const expected = judged(policies, device, request, context, location);
      const { answer, denial, reason } = ours.can(request, context);
      const is = denial ?? answer;
      counts[expected]++;
      if (is !== expected) wrong.push({ set, request, expected, is, reason, context, device, policies });
    }
    ours.free();
  }
  t.diagnostic(JSON.stringify(counts));
  for (const [answer, count] of Object.entries(counts)) {
    assert.ok(count > (SETS * REQUESTS) / 20, `the generator reaches ${answer} often: ${count}`);
  }
  assert.equal(wrong.length, 0, `${wrong.length} disagreements, the first: ${JSON.stringify(wrong[0], null, 1)}`);
});

test("where the judge differs from a page of AWS, the answer is the page's", () => {
  const device = { thing: { name: "lamp-7", attributes: {} }, subject: { CommonName: ["lamp-7"], OrganizationalUnit: [] } };
  for (const { page, condition, values = { "aws:SourceIp": "198.51.100.7" }, matches } of OTHERWISE) {
    const policies = [
      { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "iot:Connect", Resource: "*", Condition: condition } },
    ];
    const [request, context] = [{ verb: "connect" }, { values }];
    const { answer } = new Device({ policies, ...given(device), ...location }).can(request, context);
    assert.equal(answer === "allowed", matches, page);
    assert.notEqual(judged(policies, device, request, context, location) === "allowed", matches, `no longer a difference: ${page}`);
  }
});

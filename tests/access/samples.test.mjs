// The samples of AWS's pages allow and deny what the pages say, with names and values of our own: samples.mjs.
import assert from "node:assert/strict";
import test from "node:test";
import { simulate } from "jitp";
import { ACCOUNT, REGION, samples } from "./samples.mjs";

test("at least 25 requests are asked, of every page", () => {
  const asked = samples.flatMap(({ asks }) => asks);
  assert.ok(asked.length >= 25, String(asked.length));
  assert.deepEqual(
    [...new Set(samples.map(({ page }) => page))],
    ["connect-policy", "pub-sub-policy", "thing-policy-examples", "certificate-policy-examples", "cert-policy-variables"],
  );
});

for (const { page, says, policy, thing, certificate, asks } of samples) {
  test(`${page}: ${says}`, () => {
    for (const { request, context, answer, denial } of asks) {
      const { answers, documents } = simulate({
        policies: [policy],
        ...(thing && { thing }),
        certificate,
        requests: [request],
        context,
        region: REGION,
        accountId: ACCOUNT,
      });
      const found = documents.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => severity === "error");
      assert.deepEqual(found, [], "AWS's own samples are not refused");
      const [is] = answers;
      const asked = JSON.stringify({ ...request, ...context });
      assert.deepEqual([is.answer, is.denial], [answer, denial], `${asked}: ${is.reason}`);
    }
  });
}

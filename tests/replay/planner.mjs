// Answers the replay's questions, one JSON text per line, as long as it is asked: plans, accounts as they are read, and what devices may do.
//
// The replay cannot have these printed beforehand: a plan is made with what the mock says of its account at that moment.
import { createInterface } from "node:readline";
import { Template, readAccount, simulate } from "jitp";

const answers = {
  /** The plan of one device, and what the device may publish to then. */
  plan({ template: source, certificate, flow, options, topics }) {
    const template = new Template(source, { region: options.region, accountId: options.accountId, flow });
    const plan = template.dryRun(certificate, options);
    const device = template.device(certificate, options);
    const may = device.simulate(topics.map((topic) => ({ verb: "publish", topic }))).answers.map(({ answer }) => answer);
    device.free();
    template.free();
    return { plan, may };
  },
  /** The plans of several certificates over one account, as rows, and the account that they leave. */
  rows({ template: source, bundle, flow, options }) {
    const template = new Template(source, { region: options.region, accountId: options.accountId, flow });
    const { rows, after } = template.dryRunFleet(bundle, options);
    template.free();
    return { verdicts: rows.map(({ verdict }) => verdict), after };
  },
  /** What texts say of an account. */
  account: ({ texts }) => readAccount(texts),
  /** What a device may publish to that is described by what is attached to it. */
  may: ({ device, topics }) =>
    simulate({ ...device, requests: topics.map((topic) => ({ verb: "publish", topic })) }).answers.map(({ answer }) => answer),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...question } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(answers[ask](question))}\n`);
}

// Prints plans for the replay, one JSON text per line: the plan, and what the replay needs besides.
//
//   node tests/replay/plans.mjs fixtures|fleet|corpus
//
// Plans that ask AWS for the same, apart from the certificate's own values, are printed once.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Template, stringify } from "jitp";

const root = fileURLToPath(new URL("../../", import.meta.url));
const fixtures = join(root, "tests/fixtures");
const corpus = process.env.JITP_CORPUS ?? join(root, "../shared/corpus");

/** The account of the mock, and a fixed time. */
const account = { region: "us-east-1", accountId: "123456789012" };
const now = "2026-11-23T12:00:00Z";
const roleArn = `arn:aws:iam::${account.accountId}:role/JITPRole`;

/** The certificates that each template is tried with, by name. */
const usual = ["full", "common-name", "two-units"];

const files = (folder, ending) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .sort()
        .map((name) => join(folder, name))
    : [];
const text = (file) => readFileSync(file, "utf8");
const nameOf = (file) => basename(file).replace(/\.[a-z]+$/, "");

const printed = new Set();

/** Prints a plan, unless one like it was printed. */
function print(name, flow, plan, source, pem) {
  if (plan.verdict === "rejected" || plan.verdict === "not-a-template") return;
  const { verdict, stoppedAt, certificateStatus, thing, policies, preconditions } = plan;
  // What a step that never happens would have asked for makes no difference.
  const done = plan.steps.filter(({ outcome }) => outcome === "done");
  const steps = done.map(({ number, action, request, arn, more }) => ({ number, action, request, arn, more }));
  const planned = verdict === "provisions" && { thing, policies, preconditions };
  const all = JSON.stringify({ flow, verdict, stoppedAt, certificateStatus, ...planned, steps });
  const { id } = plan.certificate;
  let alike = (id === undefined ? all : all.replaceAll(id, "")).replace(/"certificatePem":"[^"]*"/, "");
  // A key pair for each takes long, and what can be in a document is the same in all flows.
  if (flow !== "jitp") alike = alike.replaceAll(/"(policyD|d)ocument":"(\\.|[^"\\])*"/g, "");
  if (printed.has(alike)) return;
  printed.add(alike);
  const registration = stringify(source, { flow, roleArn, ...(flow === "jitp" ? {} : { templateName: "replay" }) }).text;
  process.stdout.write(`${JSON.stringify({ name, flow, plan, registration, pem })}\n`);
}

function jitp(templates, certificates) {
  for (const file of templates) {
    const source = text(file);
    const template = new Template(source, account);
    for (const certificate of certificates(nameOf(file))) {
      const bytes = readFileSync(certificate);
      const plan = template.dryRun(bytes, { ...account, now });
      print(`${nameOf(file)} × ${nameOf(certificate)}`, "jitp", plan, source, bytes.toString("utf8"));
    }
    template.free();
  }
}

const certificate = (name) => join(fixtures, "certificates", `${name}.pem`);
/** The fixtures for just-in-time provisioning, by a certificate. */
const own = files(join(fixtures, "templates"), ".json").filter((file) => !/[+=]/.test(nameOf(file)));

/** Values for the parameters of a template that its caller fills. */
function valuesFor(parameters) {
  const value = (name) => {
    if (/^(csr|.*signingrequest)$/i.test(name)) return text(certificate("request"));
    if (/^ca(certificate)?pem$/i.test(name)) return text(certificate("ca"));
    if (/pem$/i.test(name)) return text(certificate("full"));
    return `${name.toLowerCase().replaceAll(/[^a-z0-9]/g, "-")}-1`;
  };
  return Object.fromEntries(parameters.filter((name) => !name.startsWith("AWS::")).map((name) => [name, value(name)]));
}

/** A template for just-in-time provisioning, with the parameters of a caller instead of a certificate's. */
const forCaller = (source) => source.replaceAll(/AWS::IoT::Certificate::(?!Id\b)([A-Za-z]+)/g, "Device$1");

function called(flow, name, source) {
  const template = new Template(source, { ...account, flow });
  const parameters = valuesFor(template.report.parameters);
  print(`${name} + ${flow}`, flow, template.dryRun("", { ...account, now, parameters }), source);
  template.free();
}

const sets = {
  fixtures() {
    // Each template with its own certificate and the usual ones, then each certificate.
    jitp(own, (name) => [...new Set([name.split("@")[1] ?? "full", ...usual])].map(certificate));
    printed.clear();
    jitp([join(fixtures, "templates/ok-everything.json")], () => files(join(fixtures, "certificates"), ".pem"));
  },
  fleet() {
    for (const file of files(join(fixtures, "templates"), ".json")) {
      const source = text(file);
      for (const flow of ["fleet", "register-thing"]) {
        called(flow, nameOf(file), source);
        if (forCaller(source) !== source) called(flow, `${nameOf(file)} for a caller`, forCaller(source));
      }
    }
  },
  corpus() {
    jitp([...files(join(corpus, "templates"), ".json"), ...files(join(corpus, "field"), ".json")], () => usual.map(certificate));
  },
};

sets[process.argv[2]]();

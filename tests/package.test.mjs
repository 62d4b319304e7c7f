// The package as its users get it: packed, installed into an empty project, imported and required there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { emptyProject, fixture, root } from "./packed.mjs";

let project;
let files;
let end;

/** Runs a script in the empty project. The result is its output, which is JSON. */
function inProject(name, script, ...flags) {
  const file = join(project, name);
  writeFileSync(file, script);
  return JSON.parse(execFileSync(process.execPath, [...flags, file], { cwd: project, encoding: "utf8" }));
}

before(() => {
  ({ folder: project, files, end } = emptyProject());
});

after(() => end?.());

const RUN = `
const source = readFileSync("template.json", "utf8");
const pem = readFileSync("device.pem", "utf8");
await jitp.default();
const plan = jitp.dryRun(source, pem, { region: "eu-west-1", now: "2026-11-23T12:00:00Z" });
const template = new jitp.Template(source);
const [read] = jitp.readCertificates(pem);
console.log(JSON.stringify({
  verdict: plan.verdict,
  actions: plan.steps.map((step) => step.action),
  ok: jitp.validate(source).ok,
  back: jitp.unstringify(jitp.stringify(source).text).text === jitp.unstringify(source).text,
  bySummary: template.dryRun(read).summary === plan.summary,
  fleet: template.dryRunFleet(pem).counts,
}));
template.free();
`;

const EXPECTED = {
  verdict: "provisions",
  actions: ["RegisterCertificate", "CreateThing", "CreatePolicy", "AttachPolicy", "AttachThingPrincipal", "UpdateCertificate"],
  ok: true,
  back: true,
  bySummary: true,
  fleet: {
    provisions: 1,
    registered: 0,
    fails: 0,
    rejected: 0,
    unknown: 0,
    "not-a-template": 0,
    cannotConnect: 0,
    connectsUnknown: 1,
    duplicates: 0,
    sameThing: 0,
  },
};

test("import works in an empty project, with no init", () => {
  const script = `import { readFileSync } from "node:fs"; import * as jitp from "jitp"; ${RUN}`;
  assert.deepEqual(inProject("run.mjs", script), EXPECTED);
});

test("require works in an empty project, with no init", () => {
  const script = `const { readFileSync } = require("node:fs"); const jitp = require("jitp"); (async () => { ${RUN} })();`;
  assert.deepEqual(inProject("run.cjs", script), EXPECTED);
});

test("the wasm has its own subpath, and is one file of the package", () => {
  const resolve = createRequire(join(project, "run.mjs")).resolve;
  const wasm = readFileSync(resolve("jitp/jitp_bg.wasm"));
  assert.equal(WebAssembly.validate(wasm), true);
  assert.deepEqual(
    files.filter((path) => path.endsWith(".wasm")),
    ["dist/jitp_bg.wasm"],
  );
});

test("the web entry needs init first, then answers as Node does", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import * as jitp from ${JSON.stringify(new URL("../pkg/dist/web.js", import.meta.url).href)};
    let early = "";
    try { jitp.validate("{}"); } catch (error) { early = error.message; }
    jitp.initSync(readFileSync(${JSON.stringify(join(root, "pkg/dist/jitp_bg.wasm"))}));
    console.log(JSON.stringify({ early, kind: jitp.validate("{}").kind }));`;
  const { early, kind } = inProject("web.mjs", script);
  assert.match(early, /call `await init\(\)` first/);
  assert.equal(kind, "unknown");
});

test("the shapes for Deno and Bun lead to the same, and so does npx", () => {
  const script = `import { readFileSync } from "node:fs"; import * as jitp from "jitp"; ${RUN}`;
  for (const shape of ["deno", "bun"]) assert.deepEqual(inProject("run.mjs", script, `--conditions=${shape}`), EXPECTED);
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const printed = execFileSync(npx, ["--offline", "jitp", "validate", "template.json"], { cwd: project, encoding: "utf8" });
  assert.equal(printed, "No findings in 1 file\n");
});

test("every finding's url leads to its rule in the package, and rules() gives the same catalogue", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { createRequire } from "node:module";
    import { rules, validate } from "jitp";
    const root = createRequire(import.meta.url).resolve("jitp/package.json").replace("package.json", "");
    const leads = (url) => {
      const [page, anchor] = url.split("#");
      return readFileSync(root + page, "utf8").includes('<a id="' + anchor + '"></a>');
    };
    const found = validate('{"Resources": {"thing": {"Type": "AWS::Iot::Thing"}}}').diagnostics;
    rules()[0].summary = "changed by its caller";
    const all = rules();
    console.log(JSON.stringify({
      codes: all.map(({ code }) => code),
      full: all.every((rule) => Object.keys(rule).length === 16 && Object.values(rule).every((value) => typeof value === "string" && value !== "")),
      lead: all.every(({ url }) => leads(url)) && found.length > 0 && found.every(({ url }) => leads(url)),
      known: found.every(({ code, url }) => all.some((rule) => rule.code === code && rule.url === url)),
      own: all[0].summary !== "changed by its caller",
    }));`;
  const { codes, ...answers } = inProject("rules.mjs", script);
  assert.deepEqual(answers, { full: true, lead: true, known: true, own: true });
  assert.equal(new Set(codes).size, codes.length);
  assert.deepEqual(codes, [...codes].sort());
});

test("the flows: recognised, chosen, planned with parameters, and no certificate", () => {
  writeFileSync(join(project, "fleet.json"), fixture("templates/JITP041-fleet-template.json"));
  const script = `
    import { readFileSync } from "node:fs";
    import { dryRun, stringify, Template, validate } from "jitp";
    const source = readFileSync("fleet.json", "utf8");
    const parameters = { SerialNumber: "4711", Location: "attic" };
    const asJitp = validate(source);
    const asFleet = validate(source, { flow: "fleet" });
    const once = dryRun(source, "", { flow: "fleet", parameters });
    const template = new Template(source, { flow: "fleet" });
    const origins = ({ parameters }) => parameters.map(({ origin }) => origin);
    const region = (region) => validate(readFileSync("template.json", "utf8"), { region }).diagnostics.map(({ code }) => code);
    console.log(JSON.stringify({
      asJitp: [asJitp.flow, asJitp.writtenFor, asJitp.diagnostics.map(({ code }) => code)],
      asFleet: [asFleet.flow, asFleet.writtenFor ?? null, asFleet.ok],
      once: [once.flow, once.verdict, once.thing.name, origins(once)],
      same: JSON.stringify(template.dryRun("", { parameters })) === JSON.stringify(once),
      fewer: [template.dryRun("", { parameters: { Location: "attic" } })].map((plan) => [plan.verdict, origins(plan)])[0],
      none: template.dryRun("").verdict,
      fresh: JSON.parse(stringify(source, { flow: "fleet", templateName: "lamps" }).text).type,
      region: [region("eu-west-1"), region("us-west-2")].map((codes) => codes.includes("JITP097")),
    }));`;
  assert.deepEqual(inProject("flows.mjs", script), {
    asJitp: ["jitp", "fleet", ["JITP041"]],
    asFleet: ["fleet", null, true],
    once: ["fleet", "provisions", "lamp-4711", ["given", "given", "certificate"]],
    same: true,
    fewer: ["fails", ["missing", "given", "certificate"]],
    none: "fails",
    fresh: "FLEET_PROVISIONING",
    region: [false, true],
  });
});

test("a subject alone is enough for a dry run, and is not a certificate", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import * as jitp from "jitp";
    const source = readFileSync("template.json", "utf8");
    const ca = readFileSync("device.pem", "utf8");
    const subject = "/C=DE/ST=Hessen/O=Example/OU=Lamps/CN=lamp-1/dnQualifier=q1/serialNumber=7";
    const options = { region: "eu-west-1", now: "2026-11-23T12:00:00Z" };
    const plan = jitp.dryRun(source, { subject }, options);
    const template = new jitp.Template(source);
    const issuer = await jitp.verifyIssuer({ subject }, ca);
    const asked = template.dryRun({ subject }, { ...options, issuer });
    const registration = await jitp.caRegistration({ subject }, { mode: "SNI_ONLY" });
    const bad = template.dryRun({ subject: "/CN=a/b" });
    console.log(JSON.stringify({
      verdict: plan.verdict,
      name: plan.thing?.name,
      kind: plan.certificate.kind,
      known: Object.keys(plan.certificate),
      openssl: plan.certificate.subjectText.openssl,
      same: JSON.stringify(template.dryRun({ subject }, options)) === JSON.stringify(plan),
      summary: plan.summary.endsWith(" Only the subject was checked, not the certificate."),
      text: jitp.planText(plan).split("\\n")[1],
      markdown: jitp.planMarkdown(plan).split("\\n").find((line) => line.startsWith("- Subject")),
      issuer: [issuer.signature, issuer.certificateId ?? null],
      asked: [asked.verdict, asked.diagnostics.some(({ code }) => code === "JITP138")],
      ca: registration.ca.error,
      bad: [bad.verdict, bad.stoppedAt, bad.diagnostics[0].code, bad.certificate.kind],
    }));`;
  assert.deepEqual(inProject("subject.mjs", script), {
    verdict: "provisions",
    name: "lamp-1",
    kind: "subject",
    known: ["index", "kind", "subject", "subjectText"],
    openssl: "C = DE, ST = Hessen, O = Example, OU = Lamps, CN = lamp-1, dnQualifier = q1, serialNumber = 7",
    same: true,
    summary: true,
    text: "  subject serialNumber=7,dnQualifier=q1,CN=lamp-1,OU=Lamps,O=Example,ST=Hessen,C=DE  # its certificate was not checked",
    markdown: "- Subject `serialNumber=7,dnQualifier=q1,CN=lamp-1,OU=Lamps,O=Example,ST=Hessen,C=DE`: its certificate was not checked",
    issuer: ["not-checked", null],
    asked: ["unknown", true],
    ca: "No certificate was found: neither a `-----BEGIN CERTIFICATE-----` line nor the bytes of a DER certificate.",
    bad: ["fails", 1, "JITP106", "subject"],
  });
});

test("an object is read as the text that JSON.stringify makes of it", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { runInNewContext } from "node:vm";
    import { dryRun, stringify, Template, unstringify, validate } from "jitp";
    const body = JSON.parse(readFileSync("template.json", "utf8"));
    const text = JSON.stringify(body);
    const pem = readFileSync("device.pem", "utf8");
    const options = { now: "2026-11-23T12:00:00Z" };
    const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
    const broken = { ...body, Resources: { ...body.Resources, thing: { Type: "AWS::Iot::Thing" } } };
    const { span } = validate(broken).diagnostics.find(({ code }) => code === "JITP051");
    console.log(JSON.stringify({
      same: [
        same(validate(body), validate(text)), same(stringify(body, { indent: 2 }), stringify(text, { indent: 2 })),
        same(unstringify(body), unstringify(text)), same(dryRun(body, pem, options), dryRun(text, pem, options)),
        same(new Template(body).report, new Template(text).report),
        same(validate(JSON.parse(stringify(body).text)), validate(JSON.stringify(JSON.parse(stringify(body).text)))),
        same(validate(Object.assign(Object.create(null), body)), validate(text)),
        same(validate(runInNewContext("(" + text + ")")), validate(text)),
      ],
      place: JSON.stringify(broken).slice(span.start.offset, span.end.offset),
    }));`;
  assert.deepEqual(inProject("objects.mjs", script), { same: Array(8).fill(true), place: '"AWS::Iot::Thing"' });
});

test("each choice of a finding has a title, and fixes it", () => {
  writeFileSync(join(project, "both.json"), fixture("templates/JITP063-policy-both.json"));
  const script = `
    import { readFileSync } from "node:fs";
    import { validate } from "jitp";
    const source = readFileSync("both.json", "utf8");
    const [finding, ...others] = validate(source).diagnostics;
    const apply = ({ edits }) => edits.toSorted((a, b) => b.span.start.offset - a.span.start.offset).reduce(
      (text, { span, text: put }) => text.slice(0, span.start.offset) + put + text.slice(span.end.offset), source);
    console.log(JSON.stringify({
      fix: finding.fix ?? null, others: others.length,
      choices: finding.choices.map((choice) => [choice.title, Object.keys(choice), Object.keys(choice.edits[0])]),
      keys: finding.choices.map((choice) => Object.keys(JSON.parse(apply(choice)).Resources.policy.Properties)),
      found: finding.choices.map((choice) => validate(apply(choice)).diagnostics.filter(({ severity }) => severity === "error")),
    }));`;
  const shape = [
    ["title", "edits"],
    ["span", "text"],
  ];
  assert.deepEqual(inProject("choices.mjs", script), {
    fix: null,
    others: 0,
    choices: [
      ["Keep PolicyName", ...shape],
      ["Keep PolicyDocument", ...shape],
    ],
    keys: [["PolicyName"], ["PolicyDocument"]],
    found: [[], []],
  });
});

test("types hold for ESM and CommonJS, in Node and for bundlers", () => {
  const use = `
    import init, { dryRun, exportTemplate, pictureSentences, planLines, planMarkdown, planPicture, planSvg, planText, rules, Template, validate, type Exported, type PictureElement, type Plan, type PlanLine, type Rule, type Diagnostic, type Fix, type Fleet, type Flow } from "jitp";
    import wasm from "jitp/jitp_bg.wasm";
    const plan: Plan = dryRun("{}", new Uint8Array(), { serialNumber: "subject" });
    const first: Diagnostic | undefined = plan.diagnostics[0];
    const fleet: Fleet = new Template("{}").dryRunFleet("");
    export const facts: [string, number | undefined, number] = [plan.verdict, first?.span?.start.line, fleet.counts.fails];
    export const loaded: Promise<void> = init();
    export const early: Promise<void> = init(wasm);
    export const errors: Rule[] = rules().filter(({ severity }) => severity === "error");
    const given: Plan = dryRun("{}", "", { flow: "register-thing", parameters: { ThingName: "lamp-1" } });
    export const flows: [Flow, Flow | undefined] = [given.flow, validate("{}", { flow: "fleet", region: "eu-west-1" }).writtenFor];
    const exported: Exported = exportTemplate("{}", "cli", { certificateMode: "SNI_ONLY" });
    const line: PlanLine | undefined = planLines(plan)[0];
    export const taken: string[] = [exported.text, line?.text ?? "", planText(plan), planMarkdown(plan), planSvg(plan, { standalone: false }), ...pictureSentences(plan)];
    export const picture: PictureElement = planPicture(plan);
    // @ts-expect-error there is no such target
    exportTemplate("{}", "pulumi");
    export const choices: Fix[] = first?.choices ?? [];
    // @ts-expect-error there is no such flow
    validate("{}", { flow: "bulk" });
    // @ts-expect-error parameters must be texts
    dryRun("{}", "", { flow: "fleet", parameters: { Number: 1 } });
    // @ts-expect-error the flow is the template's, not the run's
    new Template("{}").dryRun("", { flow: "fleet" });
    // @ts-expect-error there is no such reading
    dryRun("{}", "", { serialNumber: "both" });
    // @ts-expect-error a template is a string or an object
    new Template(1);
    interface Body { Parameters?: object; Resources: { thing: { Type: "AWS::IoT::Thing" } } }
    const body: Body = { Resources: { thing: { Type: "AWS::IoT::Thing" } } };
    export const sizes: number[] = [validate(body).size.templateBody, new Template(body).report.size.limit];
    export function scoped(): string {
      using template = new Template(body);
      return template.dryRun("").verdict;
    }`;
  writeFileSync(join(project, "use.mts"), use);
  writeFileSync(join(project, "use.cts"), use);
  const typescript = createRequire(join(root, "pkg/package.json")).resolve("typescript/package.json");
  const tsc = typescript.replace("package.json", "bin/tsc");
  const check = (file, ...options) =>
    execFileSync(
      process.execPath,
      [tsc, "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,esnext.disposable", "--types", "", ...options, file],
      {
        cwd: project,
        encoding: "utf8",
      },
    );
  check("use.mts", "--module", "nodenext");
  check("use.cts", "--module", "nodenext");
  check("use.mts", "--module", "esnext", "--moduleResolution", "bundler");
});

test("misuse throws a TypeError, bad input never throws", () => {
  const script = `
    import * as jitp from "jitp";
    const thrown = [];
    const cyclic = {};
    cyclic.self = cyclic;
    for (const call of [
      () => jitp.validate(undefined), () => jitp.validate(7), () => jitp.validate(null), () => jitp.validate([]), () => jitp.validate(new Map()),
      () => jitp.validate(new Uint32Array(2)), () => jitp.validate(Promise.resolve("{}")), () => jitp.validate({ a: 1n }), () => jitp.validate({ toJSON() {} }),
      () => jitp.validate(() => "{}"), () => new jitp.Template(cyclic), () => jitp.stringify(new Date()), () => jitp.unstringify(new Uint16Array(2)), () => jitp.dryRun("{}", 7), () => jitp.dryRun("{}", null),
      () => jitp.dryRun("{}", {}), () => jitp.dryRun("{}", { subject: 7 }), () => jitp.dryRun("{}", { subject: null }), () => jitp.dryRun("{}", { subject: ["/CN=a"] }),
      () => jitp.dryRun("{}", "", { acountId: "1" }), () => jitp.dryRun("{}", "", { region: 1 }),
      () => jitp.dryRun("{}", "", { serialNumber: "both" }), () => jitp.dryRun("{}", "", { now: "soon" }),
      () => jitp.validate("{}", { flow: "bulk" }), () => jitp.validate("{}", { flow: 1 }), () => jitp.validate("{}", { parameters: {} }),
      () => new jitp.Template("{}", { flow: "JITP" }), () => new jitp.Template("{}", { flow: "fleet" }).dryRun("", { flow: "fleet" }),
      () => jitp.dryRun("{}", "", { parameters: {} }), () => jitp.dryRun("{}", "", { flow: "jitp", parameters: { A: "b" } }),
      () => new jitp.Template("{}").dryRun("", { parameters: { A: "b" } }), () => new jitp.Template("{}").dryRunFleet("", { parameters: { A: "b" } }),
      () => jitp.dryRun("{}", "", { flow: "fleet", parameters: { A: 1 } }), () => jitp.dryRun("{}", "", { flow: "fleet", parameters: "A=b" }),
      () => jitp.stringify("{}", { flow: "fleets" }), () => jitp.stringify("{}", { indent: 9 }), () => jitp.stringify("{}", { indent: "2" }), () => jitp.stringify("{}", "x"),
    ]) { try { call(); thrown.push("nothing"); } catch (error) { thrown.push(error.constructor.name); } }
    const freed = new jitp.Template("{}");
    freed.free(); freed[Symbol.dispose](); freed.free();
    let after = "";
    try { freed.dryRun(""); } catch (error) { after = error.message; }
    const bad = ["", "{", "null", "\\ud800", "\\u0000", "[".repeat(200000), '{"templateBody": 7}', "x".repeat(1 << 20)];
    const oks = bad.map((text) => [jitp.validate(text).ok, jitp.dryRun(text, new Uint8Array([0x30, 0x82])).verdict, jitp.stringify(text).text]);
    console.log(JSON.stringify({ thrown, after, oks }));`;
  const { thrown, after: freed, oks } = inProject("misuse.mjs", script);
  assert.deepEqual(
    thrown,
    thrown.map(() => "TypeError"),
  );
  assert.match(freed, /has been freed/);
  // One of them is a registration config, the others are not a template of any kind.
  const verdict = (i) => (i === 6 ? "rejected" : "not-a-template");
  oks.forEach((answer, i) => assert.deepEqual(answer, [false, verdict(i), ""], String(i)));
});

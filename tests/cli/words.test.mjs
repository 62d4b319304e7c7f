// The help, docs/cli.md, docs/api.md and the READMEs name the options and exit codes that exist.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { inSession, root } from "./session.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const cliPage = join(root, "docs/cli.md");

/** The options of each command in its own help: `-f, --format`. */
async function optionsOf(session) {
  const { stdout } = await session.run(["--help"]);
  const names = [...stdout.matchAll(/^ {2}([a-z]+) .*/gm)].map(([, name]) => name).filter((name) => name !== "help");
  const found = {};
  for (const name of names) {
    const { stdout: help, code } = await session.run([name, "--help"]);
    assert.equal(code, 0);
    assert.equal(help, (await session.run(["help", name])).stdout);
    const [, listed] = /^Options:\n((?: .*\n)+)/m.exec(help);
    found[name] = [...listed.matchAll(/^ {2}((?:-\w, )?--[a-z-]+)/gm)].map(([, flags]) => flags).filter((flags) => flags !== "-h, --help");
  }
  return found;
}

test("docs/cli.md lists the options of each command", () =>
  inSession({}, async (session) => {
    const options = await optionsOf(session);
    assert.ok(Object.keys(options).length >= 10);
    const rows = Object.entries(options)
      .filter(([, flags]) => flags.length > 0)
      .map(([name, flags]) => `| \`${name}\` | ${flags.map((flag) => `\`${flag.replace(", ", "`, `")}\``).join(", ")} |\n`)
      .join("");
    const table = /(?<=\| command \| options \|\n\|---\|---\|\n)(?:\|.*\n|OPTIONS\n)+/;
    if (process.env.UPDATE) writeFileSync(cliPage, readFileSync(cliPage, "utf8").replace(table, rows));
    assert.equal(table.exec(read("docs/cli.md"))?.[0], rows, "UPDATE=1 writes the table");
  }));

test("every option that a page shows is one of the command that it is shown with", () =>
  inSession({}, async (session) => {
    const options = await optionsOf(session);
    options["dry-run"] = options.plan;
    const all = new Set(Object.values(options).flatMap((flags) => flags.flatMap((flag) => flag.split(", "))));
    const has = (command, flag) =>
      ["--help", "-h"].includes(flag) || (options[command] ?? []).some((flags) => flags.split(", ").includes(flag));
    let seen = 0;
    for (const page of ["README.md", "pkg/README.md", "docs/cli.md", "docs/api.md", "docs/embedding.md", "docs/rules.md"]) {
      const text = read(page);
      // A command line ends at a pipe, a redirection, a quote of Markdown, or the line's end.
      for (const [line, command, rest] of text.matchAll(/\bjitp(?:@[\d.]+)? ([a-z-]+)\b([^\n|>`]*)/g)) {
        if (!(command in options)) continue;
        for (const [flag] of rest.replace(/'[^']*'|\$\([^)]*\)/g, "").matchAll(/(?<=\s)--?[a-z][a-z-]*/g)) {
          seen += 1;
          assert.ok(has(command, flag), `${page}: ${line}`);
        }
      }
    }
    assert.ok(seen > 10, `only ${seen} options were seen`);
    // Options by themselves, in the page of the command line.
    const others = new Set(["--yes", "--help", "--version"]);
    for (const [, flag] of read("docs/cli.md").matchAll(/`(--[a-z-]+)[^`]*`/g)) assert.ok(all.has(flag) || others.has(flag), flag);
  }));

test("every option of the API is an option of the command, by the same name", () =>
  inSession({}, async (session) => {
    const options = await optionsOf(session);
    const api = read("docs/api.md");
    const membersOf = (name) => {
      const [, part] = new RegExp(`^### ${name}\n([^]*?)(?=^### |^## |$(?![^]))`, "m").exec(api) ?? [];
      assert.ok(part, `${name} is in docs/api.md`);
      return [...part.matchAll(/^\| (?:<a id="[^"]*"><\/a> )?`(\w+)\??` \|/gm)].map(([, member]) => member);
    };
    const flagOf = { parameters: "--parameter", issuer: "--ca", policies: "--policy", groupPolicies: "--group-policy", values: "--why" };
    const kebab = (member) => flagOf[member] ?? `--${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    for (const [type, command] of [
      ["TemplateOptions", "validate"],
      ["TemplateOptions", "fix"],
      ["TemplateOptions", "plan"],
      ["DryRunOptions", "plan"],
      ["DryRunOptions", "can"],
      ["TemplateOptions", "diff"],
      ["DryRunOptions", "diff"],
      ["StringifyOptions", "stringify"],
      ["SampleOptions", "sample"],
      ["ExportOptions", "export"],
      ["MomentOptions", "cert"],
    ]) {
      // The certificates of an export are the arguments of the command.
      const members = membersOf(type).filter((member) => !(command === "export" && member === "certificates"));
      assert.ok(members.length > 0, type);
      // What `can` answers and `diff` compares has its own places.
      for (const member of members.filter((one) => !["can", "diff"].includes(command) || one !== "values"))
        assert.ok(
          options[command].some((flags) => flags.split(", ").includes(kebab(member))),
          `${command} has no ${kebab(member)}`,
        );
    }
  }));

test("the exit codes of the help are those of docs/cli.md", () =>
  inSession({}, async (session) => {
    const { stdout } = await session.run(["--help"]);
    const [, listed] = /^Exit codes:\n((?: .*\n)+)/m.exec(stdout);
    const told = [...listed.replace(/\n {5,}/g, " ").matchAll(/^ {2}(\d) {2}(.+)$/gm)].map(([, code, means]) => [code, means]);
    const page = read("docs/cli.md").split("## Exit codes")[1];
    const documented = [...page.matchAll(/^\| (\d) \| (.+) \|$/gm)].map(([, code, means]) => [code, means.replaceAll("`", "")]);
    assert.deepEqual(
      told.map(([code]) => code),
      ["0", "1", "2", "3"],
    );
    assert.deepEqual(told, documented);
  }));

// A shell with a fake AWS CLI that records its commands.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fixture, ROLE } from "./texts.mjs";

/** A folder for the tests of a file: `folder()`, and `run(script, environment)`, which gives the commands that reached the CLI. */
export function useShell() {
  let work;
  before(() => {
    work = mkdtempSync(join(tmpdir(), "jitp-export-"));
    mkdirSync(join(work, "bin"));
    // It records its arguments, and answers like an empty account; EXISTS lists the questions whose answer is that something exists.
    const aws = `#!/bin/sh
printf '%s\\0' "$#" "$@" >> "$AWS_LOG"
case "$1 $2" in
  "iam get-role") [ -n "\${ROLE_EXISTS:-}" ] && echo "$ROLE_EXISTS" || { echo "NoSuchEntity" >&2; exit 254; } ;;
  "iam create-role") echo "\${ROLE_MADE:-${ROLE}}" ;;
  "sts get-caller-identity") echo "\${ACCOUNT:-123456789012}" ;;
  "iam list-attached-role-policies") echo "\${ATTACHED:-}" ;;
  "iot describe-"* | "iot get-policy")
    [ "\${REFUSED:-}" != "$2" ] || { echo "An error occurred (UnauthorizedException)" >&2; exit 254; }
    case " \${EXISTS:-} " in
      *" $2 "*) ;;
      *) echo "An error occurred (ResourceNotFoundException)" >&2; exit 254 ;;
    esac
    case "$*" in
      *"join("*) echo "\${DIFFERS:-}" ;;
      *certificateMode*) echo "\${MODE:-DEFAULT}" ;;
      *deprecated*) echo "\${DEPRECATED:-False}" ;;
      *queryString*) echo "\${DYNAMIC:-None}" ;;
      *"policyDocument =="*) echo "\${SAME:-True}" ;;
      *"--query type"*) echo "\${TYPE:-JITP}" ;;
      *) echo ACTIVE ;;
    esac
    ;;
esac
`;
    writeFileSync(join(work, "bin/aws"), aws, { mode: 0o755 });
    writeFileSync(join(work, "bin/sleep"), "#!/bin/sh\n", { mode: 0o755 });
    writeFileSync(join(work, "ca.pem"), fixture("certificates/ca.pem"));
    writeFileSync(join(work, "verification.pem"), "verification.pem");
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  /** Runs a script with a fake AWS CLI, and gives the commands that reached it; `changes` are those that do not only ask. */
  function run(script, env = {}) {
    const log = join(work, "log");
    writeFileSync(log, "");
    writeFileSync(join(work, "script.sh"), script);
    execFileSync("sh", ["-n", "script.sh"], { cwd: work });
    const { status, stdout, stderr } = spawnSync("sh", ["script.sh"], {
      cwd: work,
      encoding: "utf8",
      env: { PATH: `${work}/bin:${process.env.PATH}`, AWS_LOG: log, ...env },
    });
    const words = readFileSync(log, "utf8").split("\0");
    const commands = [];
    for (let at = 0; at < words.length - 1; ) {
      const count = Number(words[at]);
      commands.push(words.slice(at + 1, at + 1 + count));
      at += 1 + count;
    }
    const changes = commands.filter(([, verb]) => !/^(get|describe|list)-/.test(verb));
    return { status, stdout, stderr, commands, changes };
  }

  return { run, folder: () => work };
}

/** The value of an option of a command. */
export const option = (command, name) => command[command.indexOf(name) + 1];

// The AWS CLI against a mock of AWS on this machine.
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../packed.mjs";

const works = (program, ...words) => spawnSync(program, words, { stdio: "ignore" }).status === 0;
const MANAGED = "MOTO_IAM_LOAD_MANAGED_POLICIES";

/** Why there is no mock here, or `false`. */
export const noMoto =
  !(works("aws", "--version") && works("python3", "-c", "import moto.server")) &&
  "there is no AWS CLI here, or no moto: the fake AWS CLI of the other tests stands for both";

/** Starts the mock, and gives the environment that leads the AWS CLI to it. */
export async function startMoto() {
  const server = spawn("python3", [join(root, "tests/export/mock.py")], {
    stdio: ["pipe", "pipe", "ignore"],
    env: { ...process.env, [MANAGED]: "true" },
  });
  const port = await new Promise((resolve, reject) => {
    createInterface(server.stdout).once("line", resolve);
    server.once("exit", () => reject(new Error("moto did not start")));
  });
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "mock",
    AWS_SECRET_ACCESS_KEY: "mock",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
  return { env, stop: () => server.stdin.end() };
}

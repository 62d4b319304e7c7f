import { dryRun } from "jitp";
import { certificate, options, template } from "../../input.mjs";

// Rendered for each request, on the server.
export const dynamic = "force-dynamic";

export default function Page() {
  return <pre id="answer">{JSON.stringify(dryRun(template, certificate, options))}</pre>;
}

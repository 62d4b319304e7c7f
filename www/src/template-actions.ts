/** What the reader has done with a whole template: turned into another form, copied, saved. */

import type { Playground } from "./playground.ts";
import { copy, save } from "./take-away.ts";

/** Puts the readable body in the place of the escaped one, or the other way round. */
export async function convert(playground: Playground, to: "body" | "config"): Promise<void> {
  const { source } = playground.state;
  const result = await (to === "body"
    ? playground.call("unstringify", { source })
    : playground.call("stringify", { source, options: {} }));
  if (!result || playground.state.source !== source) return;
  if (result.text === "") {
    playground.notify("The text has to be readable for this: see the findings.", { tone: "warning" });
    return;
  }
  playground.replaceTemplate(result.text);
  playground.notify(
    to === "body" ? "The body stands alone now, made readable." : "The body is folded into a registration config now.",
    { action: playground.undo() },
  );
}

/** Takes the template in the form that AWS takes. */
export async function takeAway(playground: Playground, how: "copy" | "save"): Promise<void> {
  const { source, options, analysis } = playground.state;
  const jitp = options.flow === "jitp";
  const result = await (jitp
    ? playground.call("stringify", { source, options: {} })
    : playground.call("unstringify", { source }));
  const what = jitp ? "registration config" : "template body";
  if (!result || result.text === "") {
    playground.notify(`There is no ${what} to take: the template cannot be read.`, { tone: "warning" });
    return;
  }
  // A body is taken as it is written; only one that stood in a config has to be unfolded.
  const text = !jitp && analysis?.report.kind === "template-body" ? source : result.text;
  // Without it AWS does not take the config, and only the reader knows it.
  const lacking = jitp && analysis?.report.role === undefined ? "Add the ARN of your provisioning role as roleArn." : "";
  if (how === "copy") {
    await copy(playground.root, text, what.charAt(0).toUpperCase() + what.slice(1), lacking);
    return;
  }
  save(text, jitp ? "registration-config.json" : "template-body.json", "application/json");
  if (lacking) playground.notify(lacking);
}

/** Says that the page did not start, and shows the template of its link: a classic script, which start-check.ts loads. */

import { showable } from "../model/unsearched.ts";
import { unread } from "../plan/unread.ts";
import { PREFIX, unpack, VERSION } from "../share/packed.ts";
import { h, icon } from "../ui/dom.ts";
import { notStartedWords as words } from "../words/not-started.ts";

/** The template of the link. */
async function linked(): Promise<string> {
  try {
    const work: unknown = JSON.parse((await unpack(location.hash.replace(`${PREFIX}${VERSION}.`, ""))) ?? "");
    const template = typeof work === "object" && work !== null && "template" in work ? work.template : undefined;
    return typeof template === "string" ? template : "";
  } catch {
    return "";
  }
}

async function tell(): Promise<void> {
  const { documentElement: page } = document;
  const template = showable(await linked());
  const theme = new URLSearchParams(location.search).get("theme");
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  document
    .querySelector("#playground")
    ?.append(
      h(
        "main",
        { class: "not-started" },
        h(
          "div",
          { class: "verdict verdict-bad", id: "verdict" },
          h("h2", { class: "verdict-words" }, icon("cross"), words.title),
          h("p", { class: "verdict-summary" }, window.origin === "null" ? words.sandboxed : words.notLoaded),
        ),
        template !== "" && unread(template, "h2"),
      ),
    );
}

void tell();

/** The page: one playground that fills the window or, with `?embed`, an iframe. */

import wasm from "jitp/jitp_bg.wasm?url";
import { cutTheLine } from "./cut-the-line.ts";
import { byId } from "../ui/dom.ts";
import { goOffline } from "./go-offline.ts";
import { late, ruleExamples } from "./late.ts";
import type { Documents } from "./documents.ts";
import { documents, mayHaveWork } from "./memory.ts";
import { mount, type Playground } from "./playground.ts";
import { keptReading } from "./reading-choice.ts";
import { type Sample, SAMPLES } from "../model/samples.ts";
import { verdictsOf } from "../plan/headline.ts";
import { ruleIn, sampleIn } from "../share/deep-links.ts";
import { fromHash, isShared, type Opened, type Received } from "../share/format.ts";
import { useSample } from "./use-sample.ts";
import { linkWords } from "../words/links.ts";
import { workWords as words } from "../words/work.ts";
import { type Work, workOn } from "../model/work.ts";

const root = byId(document.body, "playground");
document.documentElement.dataset.started = "true";
const common = { wasm, rules: "./rules.html#", fetched: cutTheLine };

/** How long the first plan waits for earlier work, in milliseconds. */
const PATIENCE = 1_500;
const slow = () => new Promise<"slow">((resolve) => setTimeout(resolve, PATIENCE, "slow"));

async function page(): Promise<Playground> {
  const recalling = mayHaveWork() ? documents().then(({ recall }) => recall()) : undefined;
  const [link, recalled] = await Promise.all([takeLink(), recalling && Promise.race([recalling, slow()])]);
  const asked = link ? undefined : takeSample();
  const opened = link && "work" in link ? link : undefined;
  const linked = opened ? opened.work : asked && sampleWork(asked);
  const known = recalled === "slow" ? undefined : recalled;
  const kept = known && "work" in known ? known : undefined;
  let keeping: Documents | undefined;
  const forgetAll = async (everywhere: boolean) => {
    await keeping?.forget(everywhere);
    await forget(playground, everywhere);
    if (!everywhere) keeping?.tellForgotten();
  };
  const playground = mount(root, {
    ...common,
    frame: "page",
    dropZone: window,
    ...(linked ? { work: linked, ...(asked && { sample: asked }) } : kept),
    reading: keptReading,
    changed: () => keeping?.changed(),
    leaving: () => keeping?.leaving(),
    actions: {
      share: () => void late().then(({ shareDialog }) => shareDialog(playground, verdictsOf(playground.state).all.words)),
      recent: () => {
        const host = {
          root,
          notify: playground.notify,
          shown: () => keeping?.id,
          settled: async () => keeping?.settled(),
          open: (id: string) => void keeping?.open(id),
          forget: () => void forgetAll(true),
        };
        void late().then(({ recentDialog }) => recentDialog(host));
      },
      privacy: () => void late().then(({ privacyDialog }) => privacyDialog(root, () => void forgetAll(true))),
      forget: () => void forgetAll(true),
    },
  });
  window.addEventListener("hashchange", () => {
    // The page makes no request for the examples once it is loaded. The present work is stored as the page is left.
    if (ruleIn(location) !== undefined) return location.reload();
    const asked = takeSample();
    if (asked) void useSample(playground, asked, words.sample(asked.title));
  });
  window.addEventListener("hashchange", () => {
    if (isShared(location.hash)) void takeLink().then((link) => receive(playground, link, (back) => keeping?.tellOfLink(back)));
  });
  const [{ Documents }] = await Promise.all([documents(), playground.ready]);
  keeping = new Documents(playground, linked ? undefined : kept);
  keeping.onForgotten(() => void forgetAll(false));
  if (recalled === "slow") {
    void keeping.expect(recalling);
  }
  keeping.changed();
  if (linked) {
    kept?.release?.();
    // The work of this tab, or of an earlier visit, is kept.
    const before = kept?.id;
    if (before !== undefined && !asked) keeping.tellOfLink(() => void keeping?.open(before), opened?.rule);
    await complete(playground, opened);
  } else {
    await receive(playground, link);
    if (known?.notice !== undefined) playground.notify(known.notice, kept ? {} : { tone: "warning" });
  }
  return playground;
}

async function forget(playground: Playground, here: boolean): Promise<void> {
  const [first] = SAMPLES;
  const { file: from, pem } = first.certificate;
  const emptied = await playground.show(workOn(first.template, [{ from, pem }]), first);
  playground.forgetPast();
  if (!here) return;
  const said = emptied ? words.forgotten : words.forgottenNotEmptied;
  void late().then(({ forgetSizes }) => forgetSizes(root));
  playground.unfold(true);
  playground.notify(said);
}

/** The sample that the address asks for. It is removed from there, so that a reload keeps the user's changes. */
function takeSample(): Sample | undefined {
  const sample = sampleIn(location);
  if (sample) history.replaceState(null, "", location.pathname);
  return sample;
}

function sampleWork({ template, certificate: { file: from, pem } }: Sample): Work {
  return workOn(template, [{ from, pem }]);
}

/** The work in the address. It is removed from there, so that a reload keeps the user's changes. */
async function takeLink(): Promise<Received | undefined> {
  const { hash, search, pathname } = location;
  const rule = ruleIn(location);
  if (rule === undefined && !isShared(hash)) return undefined;
  history.replaceState(null, "", pathname + (rule === undefined ? search : ""));
  return readAddress(hash, rule);
}

async function readAddress(hash: string, rule: string | undefined): Promise<Received> {
  return rule === undefined ? fromHash(hash) : (await ruleExamples()).exampleOf(rule);
}

/** Adds what the example of a rule has besides its work, and leads to its finding. */
async function complete(playground: Playground, link: Opened | undefined): Promise<void> {
  const rule = link?.rule;
  if (link && rule !== undefined) await (await late()).openExample(playground, { ...link, rule });
}

async function receive(playground: Playground, link: Received | undefined, tell?: (back: () => void) => void): Promise<void> {
  if (!link) return;
  if ("problem" in link) {
    const { problem, rule } = link;
    playground.notify(rule === undefined ? linkWords.notRead(problem) : problem, { tone: "warning" });
    return;
  }
  const own = playground.sample === undefined;
  const back = playground.way();
  if ((await playground.show(link.work, undefined, linkWords.step)) && own) tell?.(back);
}

/** An iframe in another page: it shows the work in its address, and keeps nothing. */
async function frame(asked: URLSearchParams): Promise<Playground> {
  const theme = asked.get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const show = (["plan", "editor", "verdict"] as const).find((view) => view === asked.get("view")) ?? "full";
  const content = async () => {
    const rule = ruleIn(location);
    return rule !== undefined || isShared(location.hash) ? readAddress(location.hash, rule) : undefined;
  };
  const [received, { readLines }] = await Promise.all([content(), import("./embed-style.ts")]);
  const playground = mount(root, {
    ...common,
    frame: "embed",
    show,
    page: location.href,
    readOnly: asked.has("read-only"),
    lines: readLines(asked.get("lines") ?? "") ?? [],
    ...(received && "work" in received && { work: received.work }),
  });
  await playground.ready;
  if (received && "problem" in received) await receive(playground, received);
  else await complete(playground, received);
  window.addEventListener("hashchange", async () => {
    if (ruleIn(location) !== undefined) return location.reload();
    const now = await content();
    if (now && "work" in now) await playground.show(now.work);
  });
  return playground;
}

const asked = new URLSearchParams(location.search);
const embedded = asked.has("embed");
const playground = await (embedded ? frame(asked) : page());
document.documentElement.dataset.ready = "true";
if (!embedded) await goOffline(playground.notify);

/** Opens files and texts: each gets to its place by its content, and one notice says what came. */

import { type Entry, prepareLookup } from "../model/entries.ts";
import type { Ask } from "../model/protocol.ts";
import { bundleOf } from "../model/bundle.ts";
import type { Work } from "../model/work.ts";
import { blocksIn } from "../engine/slices.ts";
import type { How } from "../intake/piece.ts";
import type { Received } from "../share/format.ts";
import type { Offer } from "../ui/findings.ts";
import type { Root } from "../ui/dom.ts";
import type { Notify } from "../ui/notices.ts";
import { turn } from "../ui/turn.ts";
import { partOf, type Progress, progress } from "../ui/progress.ts";
import { intakeWords as words } from "../words/intake.ts";
import { type AccountHost, addAccountText } from "./account-texts.ts";
import { certificatesIn, type Content, contentOf, contentOfText, type Expected } from "./file-content.ts";
import { type Archive, openZip } from "./open-zip.ts";

/** The part of a playground that this needs. */
export interface FilesHost extends AccountHost {
  readonly root: Root;
  readonly readOnly: boolean;
  readonly call: Ask;
  readonly notify: Notify;
  readonly screen: { look(text: string): Promise<boolean>; redacted(text: string): Promise<string> };
  readonly reader: {
    read(bundle: string | Uint8Array | Blob, from: string, following?: Progress): Promise<Entry[]>;
    readAll(certificates: readonly { from: string; pem: string }[]): Promise<Entry[][]>;
    unreadable(error: string, from: string): Entry;
  };
  /** Says why a text was refused. */
  refuse(text: string): void;
  /** Says that a private key was refused. */
  refuseKey(): void;
  replaceTemplate(text: string, bytes?: Uint8Array, options?: { own?: boolean }): void;
  addEntries(entries: Entry[]): void;
  show(work: Work, sample: undefined, title: string): Promise<boolean>;
  /** Makes one step of all that changes until `run` is done. The answer is whether a sample's certificate was replaced by it. */
  together(title: string, run: () => Promise<void>): Promise<boolean>;
  /** Offers to undo the last step; `then` follows. */
  undo(then?: () => void): Offer;
  /** A way back to the present work. */
  way(): () => void;
}

/** A template that was found. */
interface FoundTemplate {
  text: string;
  bytes?: Uint8Array;
  from: string;
  /** How it was written into the text around it, if there was one. */
  how?: How;
  references: readonly string[];
  /** The number of other templates in the same text. */
  others: number;
}

/** What files or a text have given. */
export interface Gathered {
  templates: FoundTemplate[];
  entries: Entry[];
  outputs: { text: string; from: string; count: number }[];
  /** JSON of other tools. */
  others: { name: string; text: string }[];
  unused: number;
  keys: number;
  /** Whether there was a text of which a part is not used. */
  isSorted: boolean;
}

/** The number of files that are read at a time. */
const AT_A_TIME = 200;

/** So many files, or bytes, need longer than a moment. */
const MANY = 200;
const LARGE = 2_000_000;

/** A file, or a text, and what is in it. */
interface Opened {
  name: string;
  content: Content;
}

/** Opens files, each by its content; `expected` decides if that does not. */
export async function openFiles(host: FilesHost, files: File[], expected: Expected): Promise<void> {
  if (host.readOnly) return;
  const gathered = nothing();
  const alone = files.length === 1;
  const isLong = files.length > MANY || files.some(({ size }) => size > LARGE);
  const following = progress(host.root, alone ? words.reading : words.readingFiles, words.cancel, isLong);
  for (let at = 0; at < files.length && !following.stopped; at += AT_A_TIME) {
    const some = files.slice(at, at + AT_A_TIME).map(async (file): Promise<Opened[]> => {
      const name = await host.screen.redacted(file.name);
      try {
        return [{ name, content: await contentOf(file, { expected, alone }, host.call) }];
      } catch (error) {
        // A folder, or a file that was deleted meanwhile.
        host.notify(words.unread(name, error instanceof Error ? error.message : String(error)), { tone: "warning" });
        return [];
      }
    });
    const opened = (await Promise.all(some)).flat();
    const part = alone ? following : partOf(following, at, files.length);
    for (const one of await gatherAll(host, opened, part)) merge(gathered, one);
  }
  following.end();
  if (following.stopped) host.notify(words.cancelled);
  else await receive(host, gathered, files.length === 1 ? undefined : words.files(files.length));
}

/** Opens a text that was pasted or dropped. */
export async function openText(host: FilesHost, text: string, from: string, expected: Expected): Promise<void> {
  if (host.readOnly) return;
  const content = await contentOfText(text, { expected, alone: true }, host.call);
  const following = progress(host.root, words.reading, words.cancel);
  const gathered = await gathers(host, content, from, following);
  following.end();
  if (following.stopped) {
    host.notify(words.cancelled);
    return;
  }
  const isProse = content.kind === "certificates" && !text.includes("-----BEGIN ") && gathered.entries.every(isNothing);
  if (isProse && gathered.entries.length > 0) host.notify(words.nothing, { tone: "warning" });
  else await receive(host, gathered, from);
}

/** Whether nobody knows what an entry is. */
const isNothing = ({ summary: { error, kind } }: Entry): boolean => error !== undefined && (kind === "nothing" || kind === "unknown");

const nothing = (): Gathered => ({ templates: [], entries: [], outputs: [], others: [], unused: 0, keys: 0, isSorted: false });

function merge(all: Gathered, one: Gathered): void {
  all.templates.push(...one.templates);
  for (const entry of one.entries) all.entries.push(entry);
  all.outputs.push(...one.outputs);
  all.others.push(...one.others);
  all.unused += one.unused;
  all.keys += one.keys;
  all.isSorted ||= one.isSorted;
}

/** Whether a text has exactly one certificate, and no other block. */
const isOne = (bundle: string): boolean => bundle.split("-----BEGIN ", 3).length === 2 && blocksIn(bundle) === 1;

/** What each of several files gives. Those with one certificate each are read together, which is much faster. */
async function gatherAll(host: FilesHost, opened: readonly Opened[], following?: Progress): Promise<Gathered[]> {
  const single = opened.flatMap(({ name, content }, i) =>
    content.kind === "certificates" && typeof content.bundle === "string" && isOne(content.bundle)
      ? [{ i, from: name, pem: content.bundle }]
      : [],
  );
  const read = await host.reader.readAll(single);
  const entriesOf = new Map(single.map(({ i }, at) => [i, read[at] ?? []]));
  const all: Gathered[] = [];
  for (const [i, { name, content }] of opened.entries()) {
    const entries = entriesOf.get(i);
    all.push(entries ? { ...nothing(), entries } : await gathers(host, content, name, following));
    if (opened.length > 1) following?.done(i + 1, opened.length);
    if (following?.stopped) break;
  }
  return all;
}

/** What a file or a text gives. Saved work is shown at once. */
export async function gathers(host: FilesHost, content: Content, from: string, following?: Progress): Promise<Gathered> {
  const gathered = nothing();
  switch (content.kind) {
    case "template":
      if (await host.screen.look(content.text)) {
        const { text, bytes } = content;
        gathered.templates.push({ text, ...(bytes && { bytes }), from, references: [], others: 0 });
      } else host.refuse(content.text);
      break;
    case "work":
      await openWork(host, content.received, from);
      break;
    case "certificates":
      gathered.entries = await host.reader.read(content.bundle, from, following);
      break;
    case "account":
      gathered.outputs.push({ text: content.text, from, count: 1 });
      break;
    case "sorted": {
      const { template, outputs, rest, unused = 0, keys } = content.sorted;
      if (template) gathered.templates.push({ ...template, from });
      if (outputs.length > 0) gathered.outputs.push({ text: outputs.join("\n"), from, count: outputs.length });
      if (rest.includes("-----BEGIN ")) gathered.entries = await host.reader.read(rest, from, following);
      Object.assign(gathered, { unused, keys, isSorted: true });
      break;
    }
    case "zip":
      gathered.entries = await openZip(zipHost(host, following), content.bytes, from);
      break;
    case "other":
      if (content.keys > 0) host.refuseKey();
      else gathered.others.push({ name: from, text: content.text });
      break;
    case "elsewhere":
      host.notify(words.filesMissing(content.files), { tone: "warning" });
      break;
    case "too-large":
      host.notify(words.tooLarge(from, content.why), { tone: "warning" });
      break;
  }
  return gathered;
}

/** The files of a ZIP can only be certificates: none of them may replace the template. */
function zipHost(host: FilesHost, following?: Progress): Archive {
  return {
    call: host.call,
    notify: host.notify,
    redacted: (name) => host.screen.redacted(name),
    unreadable: (error, from) => host.reader.unreadable(error, from),
    async read(files) {
      const entries: Entry[] = [];
      for (let at = 0; at < files.length && following?.stopped !== true; at += AT_A_TIME) {
        const opened = files.slice(at, at + AT_A_TIME).map(({ bytes, from }) => ({ name: from, content: certificatesIn(bundleOf(bytes)) }));
        for (const one of await gatherAll(host, opened, following && partOf(following, at, files.length))) {
          for (const entry of one.entries) entries.push(entry);
        }
      }
      return entries;
    },
  };
}

/**
 * Puts all in its place, and says so once. `instead` follows the undo: it inserts the text that was pasted into the editor, where somebody may
 * want it as it is.
 */
export async function receive(host: FilesHost, gathered: Gathered, given?: string, instead?: () => void): Promise<void> {
  const from = given ?? gathered.templates[0]?.from ?? gathered.outputs[0]?.from ?? "";
  const { templates, entries, outputs, others } = gathered;
  await prepareLookup(entries, turn);
  const [template] = templates;
  let known: string | undefined;
  let sampleGone = false;
  if (!template && outputs.length === 0) host.addEntries(entries);
  else {
    sampleGone = await host.together(words.step(from), async () => {
      if (template) host.replaceTemplate(template.text, template.bytes, { own: true });
      host.addEntries(entries);
      for (const { text, from: name } of outputs) known = await addAccountText(host, text, name);
    });
  }
  if (others.length > 0) tellOthers(host, others, !template && outputs.length === 0 && entries.length === 0);
  if (!template && known === undefined && !gathered.isSorted && !instead) return;
  const text = words.received({
    from,
    ...(template && { template: { file: template.from, ...(template.how && { how: template.how }), references: template.references } }),
    otherTemplates: template?.others ?? 0,
    otherFiles: templates.slice(1).map((other) => other.from),
    certificates: entries.filter(({ summary }) => summary.error === undefined).length,
    outputs: outputs.reduce((sum, { count }) => sum + count, 0),
    ...(known !== undefined && { known }),
    unused: gathered.unused,
    keys: gathered.keys,
    sampleGone,
  });
  const action = { ...host.undo(instead), ...(instead && { title: words.asPasted }) };
  host.notify(text, { action, ...(gathered.keys > 0 && { tone: "warning" }) });
}

/** Says which files were not used; the only one can be opened all the same. */
function tellOthers(host: FilesHost, others: Gathered["others"], isAll: boolean): void {
  const [first, more] = others;
  if (!first) return;
  const run = () => {
    void host.screen
      .look(first.text)
      .then((clean) => (clean ? host.replaceTemplate(first.text, undefined, { own: true }) : host.refuse(first.text)));
  };
  const action = { title: words.openAnyway, run };
  host.notify(words.other(others.map(({ name }) => name)), { tone: "warning", ...(isAll && !more && { action }) });
}

/** Shows work that was saved by Share. */
async function openWork(host: FilesHost, received: Received, from: string): Promise<void> {
  if ("problem" in received) {
    host.notify(words.workProblem(from, received.problem), { tone: "warning" });
    return;
  }
  const back = host.way();
  if (!(await host.show(received.work, undefined, words.work(from)))) return;
  host.notify(words.workReplaced(from), { action: { title: words.restore, run: back }, stay: true });
}

/** A worker of a pool: judges what it is asked to. */
import { CompiledTemplate } from "../core.js";
import { Judge, type Judged } from "./judge.js";
import { type Answer, buffersOf, type Question } from "./protocol.js";

/** Answers questions, one after another. */
export function serving(answer: (answer: Answer, transfer: ArrayBuffer[]) => void): (question: Question) => void {
  const fleets = new Map<number, { judge: Judge; template: CompiledTemplate }>();
  let last: Promise<void> = Promise.resolve();
  return (question) => {
    last = last.then(async () => {
      try {
        const given = await answerTo(question, fleets);
        answer(given, buffersOf(given.judged.flatMap(({ records, input }) => [records, input])));
      } catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        answer({ error: { message, stack } }, []);
      }
    });
  };
}

async function answerTo(
  question: Question,
  fleets: Map<number, { judge: Judge; template: CompiledTemplate }>,
): Promise<{ judged: Judged[]; account?: unknown }> {
  if (question.ask === "open") {
    const template = new CompiledTemplate(question.template.source, question.template.options);
    fleets.set(question.fleet, { judge: new Judge(() => template, question.rules), template });
    return { judged: [] };
  }
  const fleet = fleets.get(question.fleet);
  if (fleet === undefined) throw new Error("jitp: this fleet is not open");
  const { judge, template } = fleet;
  switch (question.ask) {
    case "piece":
      return { judged: [await judge.piece(question.bytes, question.base)] };
    case "list":
      return { judged: [await judge.list(question.bytes, question.lengths, question.base)] };
    case "begin":
      judge.begin(question.base, question.had, question.isOpen);
      return { judged: [] };
    case "next": {
      const { bytes, lengths } = question;
      return { judged: await all(judge.push(lengths === undefined ? { bytes, own: true } : { bytes, lengths, own: true })) };
    }
    case "end":
      return { judged: await all(judge.end()) };
    case "account":
      return { judged: [], account: judge.account() };
    case "close":
      fleets.delete(question.fleet);
      judge.free();
      template.free();
      return { judged: [] };
  }
}

async function all(pieces: AsyncGenerator<Judged>): Promise<Judged[]> {
  const list: Judged[] = [];
  for await (const piece of pieces) list.push(piece);
  return list;
}

/** Templates inside of a larger document in JSON: a stack of CloudFormation, the JSON syntax of Terraform, the input of a call. */

/** A text in such a document. The names are those of values that only the stack knows; each is in the text as `${name}`. */
export interface Inner {
  text: string;
  references: string[];
}

/** Deeper documents are not templates of anybody. */
const DEEPEST = 40;
const BODY = /^template_?body$/i;
const CONFIG = /^registration_?config$/i;

/** The templates in a document, in order. */
export function innerTemplates(document: unknown): Inner[] {
  const found: Inner[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > DEEPEST || typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const made = BODY.test(key) ? bodyOf(inner) : CONFIG.test(key) ? configOf(inner) : undefined;
      if (made) found.push(made);
      else visit(inner, depth + 1);
    }
  };
  visit(document, 0);
  return found;
}

/** A body as text: a string, or functions of CloudFormation that make one. */
function bodyOf(value: unknown): Inner | undefined {
  const references: string[] = [];
  const text = joined(value, references);
  return text !== undefined && /^\s*\{|^\$\{\w+\(/.test(text) ? { text, references } : undefined;
}

/** The registration config of a CA, which has a body. */
function configOf(value: unknown): Inner | undefined {
  const [given] = Array.isArray(value) ? value : [value];
  if (typeof given !== "object" || given === null) return undefined;
  const members = new Map(Object.entries(given).map(([key, member]) => [key.replaceAll("_", "").toLowerCase(), member]));
  const body = bodyOf(members.get("templatebody"));
  if (!body) return undefined;
  const { references } = body;
  const roleArn = joined(members.get("rolearn"), references);
  return { text: JSON.stringify({ templateBody: body.text, ...(roleArn !== undefined && { roleArn }) }, null, 2), references };
}

/** A string, `Fn::Join`, `Fn::Sub`, `Ref` or `Fn::GetAtt` as text. */
function joined(value: unknown, references: string[]): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const [[name, given] = []] = Object.entries(value);
  const named = (reference: string) => {
    references.push(reference);
    return `\${${reference}}`;
  };
  switch (name) {
    case "Ref":
      return typeof given === "string" ? named(given) : undefined;
    case "Fn::GetAtt":
      return named(Array.isArray(given) ? given.join(".") : String(given));
    case "Fn::Sub":
      return typeof given === "string" ? given : Array.isArray(given) && typeof given[0] === "string" ? given[0] : undefined;
    case "Fn::Join": {
      if (!Array.isArray(given) || typeof given[0] !== "string" || !Array.isArray(given[1])) return undefined;
      const pieces = given[1].map((piece) => joined(piece, references));
      return pieces.includes(undefined) ? undefined : pieces.join(given[0]);
    }
    default:
      return undefined;
  }
}

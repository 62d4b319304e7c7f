/**
 * Takes the objects of words apart in the build: each text becomes an export of its file, and who imports the object imports the file. With the
 * bundler's `inlineConst`, a text is then written where it is used, without its name, and one that a part does not use is not loaded with it.
 */

import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseAst, type Plugin } from "vite";

const FILE = /\/src\/words\/[\w-]+\.ts$/;
/** A file's object of words. One that has a type is looked up by keys, and stays whole. */
const OBJECT = /^export const (\w+Words) = \{$/m;
/** An import of such an object, and maybe of functions next to it. */
const IMPORT = /^import \{ ([^}]*\b\w+Words\b[^}]*) \} from "(\.[^"]*\/[\w-]+\.ts)";$/gm;

export function words(): Plugin {
  return {
    name: "words",
    apply: "build",
    // TypeScript is JavaScript by then.
    enforce: "post",
    transform(code, id) {
      const path = id.replaceAll("\\", "/");
      if (!path.includes("/src/") || !/Words\b/.test(code)) return undefined;
      const name = FILE.test(path) ? objectIn(path) : undefined;
      const apart = name === undefined ? code : takenApart(code, name);
      const made = apart.replace(IMPORT, (whole, names: string, from: string) => {
        const target = posix.join(posix.dirname(path), from);
        const object = FILE.test(target) ? objectIn(target) : undefined;
        return object === undefined ? whole : imports(names.split(", "), object, from);
      });
      return made === code ? undefined : { code: made, map: null };
    },
  };
}

const objectIn = (path: string) => OBJECT.exec(readFileSync(path, "utf8"))?.[1];

/** The import of a file's object as an import of the file, and an import of the other names. */
function imports(names: readonly string[], object: string, from: string): string {
  const whole = names.find((name) => name.split(" as ")[0] === object);
  const others = names.filter((name) => name !== whole);
  return [
    whole === undefined ? "" : `import * as ${whole.split(" as ").at(-1)} from "${from}";`,
    others.length === 0 ? "" : `import { ${others.join(", ")} } from "${from}";`,
  ].join("\n");
}

/** The text of a file with an export for each member of its object, which is still there for those that look members up. */
function takenApart(code: string, object: string): string {
  for (const node of parseAst(code).body) {
    if (node.type !== "ExportNamedDeclaration" || node.declaration?.type !== "VariableDeclaration") continue;
    const [made] = node.declaration.declarations;
    if (made?.id.type !== "Identifier" || made.id.name !== object || made.init?.type !== "ObjectExpression") continue;
    const names: string[] = [];
    const members = made.init.properties.map((property) => {
      if (property.type !== "Property" || property.computed || property.key.type !== "Identifier")
        throw new Error(`${object} has a member without a plain name`);
      const { name } = property.key;
      names.push(`${name}: $${name}`);
      // Only the names are shortened: a method is a function.
      const value = `${property.method ? "function" : ""}${code.slice(property.value.start, property.value.end)}`;
      return `const $${name} = ${value};\nexport { $${name} as ${name} };`;
    });
    const whole = `export const ${object} = { ${names.join(", ")} };`;
    return `${code.slice(0, node.start)}${members.join("\n")}\n${whole}${code.slice(node.end)}`;
  }
  throw new Error(`${object} is not an object in the JavaScript of its file`);
}

/** The bundler's options that go with it. */
export const inlineWords = { inlineConst: { mode: "all" } } as const;

// Writes jitp.output.schema.json, the schema of what `jitp … --format json` prints, from the types in src/cli/output.ts.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The schema as text. */
export function outputSchema() {
  const generator = createGenerator({
    path: here("src/cli/output.ts"),
    tsconfig: here("tsconfig.json"),
    type: "JitpOutput",
    topRef: false,
    // Members may be added within a version: readers of an older schema must take them.
    additionalProperties: true,
    jsDoc: "extended",
    sortProps: false,
    // The build checks the types, with the compiler of the workspace.
    skipTypeCheck: true,
  });
  const { $schema, definitions, ...root } = generator.createSchema("JitpOutput");
  const schema = {
    $schema,
    title: "What jitp prints with --format json, version 1",
    description: "An output says by its format which command wrote it, and by its version which version of that format it has.",
    ...root,
    definitions,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(here("jitp.output.schema.json"), outputSchema());
  console.log("pkg/jitp.output.schema.json");
}

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
    title: "The output of jitp with --format json, version 1",
    description: "The format names the command that wrote the output, the version is that of this format.",
    ...root,
    definitions,
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(here("jitp.output.schema.json"), outputSchema());
  console.log("pkg/jitp.output.schema.json");
}

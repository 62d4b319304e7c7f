// Writes jitp.output.schema.json, the schema of what `jitp … --format json` prints, from the types in src/cli/output.ts, and
// jitp.account.schema.json, the schema of what is known of an account, from its type in src/types/account.ts.
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

/** What people may write instead of a resource's own form: a policy document that is not escaped, and lists of names. */
function asWritten(kind, { properties, ...shape }) {
  const document = properties?.policyDocument;
  const written = document ? { ...properties, policyDocument: { ...document, type: ["string", "object"] } } : properties;
  return [kind, written ? { ...shape, properties: written } : shape];
}

/** The schema of an account as text. */
export function accountSchema() {
  const generator = createGenerator({
    path: here("src/types/account.ts"),
    tsconfig: here("tsconfig.json"),
    type: "AccountState",
    topRef: false,
    // A name that is misspelt would be a resource that nobody told.
    additionalProperties: false,
    jsDoc: "extended",
    sortProps: false,
    skipTypeCheck: true,
  });
  const { $schema, definitions, properties, ...root } = generator.createSchema("AccountState");
  const names = { type: "array", items: { type: "string" } };
  const kinds = Object.entries(properties).map(([name, { description, ...shape }]) =>
    shape.type === "object" ? [name, { description, anyOf: [shape, names] }] : [name, { description, ...shape }],
  );
  const schema = {
    $schema,
    title: "What is known of an AWS account, for jitp",
    ...root,
    properties: { $schema: { type: "string" }, ...Object.fromEntries(kinds) },
    definitions: Object.fromEntries(Object.entries(definitions).map(([name, shape]) => asWritten(name, shape))),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, schema] of [
    ["jitp.output.schema.json", outputSchema()],
    ["jitp.account.schema.json", accountSchema()],
  ]) {
    writeFileSync(here(name), schema);
    console.log(`pkg/${name}`);
  }
}

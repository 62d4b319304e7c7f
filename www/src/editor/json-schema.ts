/** JSON Schema, as far as the editor reads it. */

/** The parts of JSON Schema, and of its extensions for editors, that the page uses. */
export interface Schema {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  prefixItems?: Schema[];
  required?: string[];
  const?: unknown;
  enum?: unknown[];
  enumDescriptions?: string[];
  examples?: unknown[];
  default?: unknown;
  not?: Schema;
  if?: Schema;
  then?: Schema;
  else?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  $defs?: Record<string, Schema>;
  /** The schema of what a string holds. */
  contentSchema?: Schema;
  defaultSnippets?: { label?: string; description?: string; body?: unknown }[];
  deprecationMessage?: string;
  doNotSuggest?: boolean;
}

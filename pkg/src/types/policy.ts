/** Policy documents, as they are given. */

/** A policy document: a text, the bytes of one, or the value that a JSON text stands for. */
export type PolicyDocument = string | object;

/** A policy document with its name. Without a name it is the policy's number: `"policy 1"`. */
export interface NamedPolicy {
  /** The name to use in answers. */
  name: string;
  /** The document. Any text is accepted: one that is not a policy document gets findings, and what it allows is unknown. */
  document: PolicyDocument;
}

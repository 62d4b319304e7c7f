// The texts of the tests of exports: texts of the repository, and strings of honest and hostile authors.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { root } from "../packed.mjs";

export const fixture = (name) => readFileSync(join(root, "tests/fixtures", name), "utf8");
export const sample = (name) => readFileSync(join(root, "www/samples", name), "utf8");
export const MODES = ["DEFAULT", "SNI_ONLY"];
export const ROLE = "arn:aws:iam::123456789012:role/service-role/JITPRole";

/** Strings of honest and hostile authors. */
export const PIECES = [
  "'",
  '"',
  "`touch pwned`",
  "$(touch pwned)",
  "${iot:Connection.Thing.ThingName}",
  "$${x}",
  "%{if true}",
  "%%{",
  "\\",
  "\\n",
  "\n",
  "\r\n",
  "\t",
  "\0",
  "\u001b[31m",
  "\u202e",
  "\u2028",
  "\u0085",
  "\ufeff",
  "\ud800",
  "é",
  "😀",
  "JSON",
  "EOT",
  " ",
  "  ",
  "|",
  "\\|",
  "#",
  "# ",
  ": ",
  "- ",
  "---",
  "*",
  "_",
  "~~",
  "<b>",
  "<script>alert(1)</script>",
  "</text></svg>",
  "]]>",
  "<!--",
  "-->",
  "&amp;",
  "@here",
  "[x](https://example.com)",
  "https://example.com",
  "www.example.com",
  "![i](x)",
  "{{resolve:ssm:x}}",
  "!Ref x",
  "*/",
  ";",
  "&&",
  "|-",
  "=cmd",
  ";=cmd",
  "\u200b",
  "\u3164",
  "a".repeat(50),
];
export const nasty = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "grapheme", maxLength: 4 })), { maxLength: 6 })
  .map((pieces) => pieces.join(""));
/** The same for a template: with half a surrogate pair, or U+FFFD, a text counts as not UTF-8, and is not exported. */
export const inJson = nasty.map((text) => text.toWellFormed().replaceAll("\ufffd", "?"));
export const runs = { numRuns: 60, seed: 417 };

/** A template body with a given string in every place that can have one. */
export const bodyWith = (text) => ({
  Parameters: { "AWS::IoT::Certificate::Id": { Type: "String" }, "AWS::IoT::Certificate::CommonName": { Type: "String", Default: text } },
  Resources: {
    thing: {
      Type: "AWS::IoT::Thing",
      Properties: {
        ThingName: { Ref: "AWS::IoT::Certificate::CommonName" },
        ThingGroups: [text],
        AttributePayload: { text, [`key${text}`]: "x" },
      },
    },
    certificate: { Type: "AWS::IoT::Certificate", Properties: { CertificateId: { Ref: "AWS::IoT::Certificate::Id" }, Status: "ACTIVE" } },
    policy: {
      Type: "AWS::IoT::Policy",
      Properties: {
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "iot:Connect", Resource: `arn:${text}` }],
        }),
      },
    },
  },
});

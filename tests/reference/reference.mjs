// Writes docs/api.md, the reference of the package's API, from its declarations: `cargo xtask docs`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";

const root = fileURLToPath(new URL("../../", import.meta.url));

const HEAD = `# The API

Generated from the package's declarations by \`cargo xtask docs\`. [pkg/README.md](../pkg/README.md) begins more gently; the shapes of what \`npx jitp\` prints
are in [cli.md](cli.md#for-programs).

`;

/** The reference as Markdown, and a line for each entry without an explanation. */
export async function reference() {
  const out = mkdtempSync(join(tmpdir(), "jitp-reference-"));
  const unexplained = [];
  try {
    const app = await Application.bootstrapWithPlugins({
      plugin: ["typedoc-plugin-markdown"],
      entryPoints: [join(root, "pkg/src/web.ts")],
      tsconfig: join(root, "pkg/tsconfig.json"),
      // The build has checked the types, with the compiler of the workspace.
      skipErrorChecking: true,
      logLevel: "Error",
      readme: "none",
      out,
      outputFileStrategy: "modules",
      entryFileName: "api",
      hidePageHeader: true,
      hideBreadcrumbs: true,
      disableSources: true,
      includeVersion: false,
      useHTMLAnchors: false,
      parametersFormat: "table",
      interfacePropertiesFormat: "table",
      typeDeclarationFormat: "table",
      groupOrder: ["Functions", "Classes", "*"],
      sort: ["source-order"],
      validation: { notDocumented: true, notExported: false, invalidLink: true },
    });
    app.logger.addContext = (message) => message;
    // Members of a shape without a name are explained next to it.
    app.logger.log = (message) =>
      void (/does not have any documentation|link/.test(message) && !message.includes("__type") && unexplained.push(message));
    const project = await app.convert();
    if (project === undefined) throw new Error("the declarations cannot be read");
    app.validate(project);
    await app.generateOutputs(project);
    const text = readFileSync(join(out, "api.md"), "utf8").replace(/^# .*\n+/, HEAD);
    return { text: withRightNumbers(text), unexplained };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The plugin counts more headings of one name than exist. A link beyond the last goes to the last. */
function withRightNumbers(text) {
  const slugs = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w -]/g, ""));
  return text.replace(/\(#([a-z]+)-(\d+)\)/g, (link, slug, number) => {
    const last = slugs.filter((other) => other === slug).length - 1;
    return Number(number) <= last ? link : `(#${last > 0 ? `${slug}-${last}` : slug})`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, unexplained } = await reference();
  writeFileSync(join(root, "docs/api.md"), text);
  for (const line of unexplained) console.error(line);
  console.log("docs/api.md");
}

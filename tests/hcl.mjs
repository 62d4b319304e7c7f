/** Reads the strings of a Terraform file, as far as jitp writes them: quoted templates and heredocs, without interpolation. */

const ESCAPES = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** The value of the first attribute of this name, after what `from` matches. */
export function hclValue(text, name, from = /^/) {
  const start = text.search(from);
  const rest = text.slice(start);
  const at = new RegExp(String.raw`^ *${name} +=\s+`, "m").exec(rest);
  if (!at) throw new Error(`no attribute ${name}`);
  return value(rest.slice(at.index + at[0].length));
}

function value(text) {
  const heredoc = /^chomp\(<<-(\w+)\n/.exec(text);
  if (heredoc) {
    const [opening, delimiter] = heredoc;
    const lines = [];
    for (const line of text.slice(opening.length).split("\n")) {
      if (line.trim() === delimiter) break;
      lines.push(line);
    }
    const indent = Math.min(...lines.map((line) => /^ */.exec(line)[0].length));
    return literal(lines.map((line) => line.slice(indent)).join("\n"));
  }
  if (text[0] !== '"') throw new Error(`no string: ${text.slice(0, 40)}`);
  let raw = "";
  for (let i = 1; text[i] !== '"'; i++) {
    if (text[i] === "\n" || text[i] === undefined) throw new Error("a quoted string ends in its line");
    raw += text[i];
    if (text[i] === "\\") raw += text[++i];
  }
  return literal(raw).replace(/\\(u[0-9a-f]{4}|.)/gs, (_, escaped) => {
    if (escaped[0] === "u") return String.fromCodePoint(Number.parseInt(escaped.slice(1), 16));
    if (!(escaped in ESCAPES)) throw new Error(`no escape of HCL: \\${escaped}`);
    return ESCAPES[escaped];
  });
}

/** Removes the doubled marks, and refuses those that begin a template. */
function literal(text) {
  return text.replace(/(\$\$|%%|\$|%)\{/g, (_, mark) => {
    if (mark.length === 1) throw new Error("a template that is not a literal");
    return `${mark[0]}{`;
  });
}

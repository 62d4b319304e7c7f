/** Undoes what mail programs do to a text: quoting, and the encodings of a saved message. */

/** The text of a saved message (`.eml`), or the same text if it is not one. */
export function messageText(text: string): string {
  const head = /^(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}\r?\n/.exec(text)?.[0];
  if (head === undefined || !/^(?:From|Date|Subject|MIME-Version|Received|Message-ID):/im.test(head)) return text;
  return partsOf(head, text.slice(head.length), 0).join("\n");
}

const MOST_LEVELS = 6;

function partsOf(head: string, body: string, level: number): string[] {
  const boundary = /boundary="?([^"\s;]+)/i.exec(head)?.[1];
  if (boundary === undefined || level > MOST_LEVELS) return /^content-type:\s*text\/html/im.test(head) ? [] : [decoded(head, body)];
  const [, ...parts] = body.split(`--${boundary}`);
  return parts.flatMap((part) => {
    const at = part.search(/\r?\n\r?\n/);
    return part.startsWith("--") || at === -1 ? [] : partsOf(part.slice(0, at + 1), part.slice(at).replace(/^\r?\n\r?\n/, ""), level + 1);
  });
}

function decoded(head: string, body: string): string {
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase();
  if (encoding === "quoted-printable") {
    const binary = body
      .replace(/=\r?\n/g, "")
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return utf8(binary) ?? binary;
  }
  if (encoding === "base64" && !/^content-type:\s*(?:image|audio|video)/im.test(head)) {
    try {
      return utf8(atob(body.replace(/\s/g, ""))) ?? "";
    } catch {
      return body;
    }
  }
  return body;
}

/** Text of characters that are bytes; nothing if they are not UTF-8. */
function utf8(binary: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** The text without the marks of quoted mail, which shells print before continued lines as well. */
export function unquoted(text: string): string {
  if (!/^ ?>/m.test(text)) return text;
  return text.replace(/^(?: ?>)+ ?/gm, "");
}

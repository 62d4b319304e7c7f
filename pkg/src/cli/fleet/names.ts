/** The files that `jitp fleet` reads, and which row came from which. */
import { createReadStream, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import type { FleetChunk } from "jitp";
import { Misuse } from "../exit.js";
import { pathsOf, unreadable } from "../input.js";

/** How certificates are named in a folder. Other files there are passed over. */
const CERTIFICATES = /\.(pem|crt|cer|cert|der|p7b|p7c)$/i;
/** In bytes: what is read of a file at a time. */
const AT_ONCE = 1 << 20;

/** A file, and how many bytes it has. */
export interface Named {
  name: string;
  size: number;
}

/** The files that names, patterns and folders lead to, each once, in this order; those of a folder by their names. */
export function filesOf(names: readonly string[]): { files: Named[]; trouble: Misuse[] } {
  const files: Named[] = [];
  const trouble: Misuse[] = [];
  const seen = new Set<string>();
  const add = (path: string, stats: Stats) => {
    const key = `${stats.dev}:${stats.ino}`;
    if (stats.ino !== 0 && seen.has(key)) return;
    seen.add(key);
    files.push({ name: path, size: stats.size });
  };
  const walk = (folder: string) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (CERTIFICATES.test(entry.name)) add(path, statSync(path));
    }
  };
  for (const name of names) {
    try {
      for (const path of pathsOf(name)) {
        const stats = statSync(path);
        const before = files.length;
        if (!stats.isDirectory()) add(path, stats);
        else {
          walk(path);
          if (files.length === before)
            throw new Misuse(`no certificate is in ${path}`, "files end with .pem, .crt, .cer, .cert, .der, .p7b or .p7c");
        }
      }
    } catch (error) {
      trouble.push(error instanceof Misuse ? error : unreadable(name, error, "*.pem"));
    }
  }
  return { files, trouble };
}

/** The files one after another, each a text to itself. It notes which bytes are of which, so that rows can be told apart. */
export class Files {
  readonly #files: readonly Named[];
  readonly #trouble: (misuse: Misuse) => void;
  /** The files with rows to come: where in all bytes each ends. Its last one grows while it is read. */
  readonly #read: { name: string; to: number; isEmpty: boolean }[] = [];
  #bytes = 0;

  constructor(files: readonly Named[], trouble: (misuse: Misuse) => void) {
    this.#files = files;
    this.#trouble = trouble;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FleetChunk, void, undefined> {
    for (const { name } of this.#files) {
      const file = { name, to: this.#bytes, isEmpty: true };
      this.#read.push(file);
      try {
        for await (const bytes of createReadStream(name, { highWaterMark: AT_ONCE }) as AsyncIterable<Buffer>) {
          file.isEmpty = false;
          file.to = this.#bytes += bytes.length;
          yield bytes;
        }
      } catch (error) {
        // What was read of it has its rows. Nothing is said of the rest.
        this.#trouble(unreadable(name, error, "*.pem"));
        if (file.isEmpty) this.#read.pop();
        else yield [];
        continue;
      }
      // An empty file must not look like one that was left out.
      yield file.isEmpty ? [""] : [];
    }
  }

  /** The file of the next row, whose entry begins at this byte. Rows are asked for in their order. */
  next(from: number): string {
    for (;;) {
      const [file] = this.#read;
      if (file === undefined) return "";
      if (file.isEmpty || from >= file.to) this.#read.shift();
      if (file.isEmpty || from < file.to) return file.name;
    }
  }
}

/** The actions of a user about the account. */

import type { Fix } from "jitp";

export interface AccountEvents {
  files(files: File[]): void;
  paste(text: string): void;
  remove(key: number): void;
  /** Applies a fix to one of the texts. */
  fix(key: number, fix: Fix): void;
  /** Shows a script that asks for what the template and certificates need. */
  script(): void;
  /** Opens the part for texts about the account. */
  give(): void;
  /** Saves an account as a file. */
  save(content: string): void;
  readOnly(): boolean;
  /** The address of the rules' page, to which a code can be appended. */
  rules?: string;
}

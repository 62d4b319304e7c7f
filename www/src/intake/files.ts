/** The files that commands in a text read, because their content is not in the text. */

const MOST = 3;

export function filesIn(text: string): string[] {
  const names = [...text.matchAll(/\bfile:\/\/([\w./$~{}-]{1,200})/g)].map(([, name = ""]) => name);
  return [...new Set(names)].slice(0, MOST);
}

/** The files of a drop, with those in dropped folders. */

/** No folder of certificates has more files. */
const MOST = 20_000;

/**
 * All dropped files, and whether a folder was dropped. The entries are available during the event only, so the caller must not wait before
 * the call.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<{ files: File[]; folder: boolean }> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = [...transfer.files];
  if (!entries.some((entry) => entry?.isDirectory)) return { files: plain, folder: false };
  const files: File[] = [];
  for (const entry of entries) if (entry) await walk(entry, files);
  return { files, folder: true };
}

async function walk(entry: FileSystemEntry, files: File[]): Promise<void> {
  // Hidden files of operating systems.
  if (entry.name.startsWith(".") || files.length >= MOST) return;
  if (entry.isFile) {
    const file = await new Promise<File | undefined>((resolve) => (entry as FileSystemFileEntry).file(resolve, () => resolve(undefined)));
    if (file) files.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives a hundred at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, files);
  }
}

/** The files of a chosen folder, without hidden files. */
export function visibleFiles(files: Iterable<File>): File[] {
  return [...files].filter(({ name }) => !name.startsWith(".")).slice(0, MOST);
}

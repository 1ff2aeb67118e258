/** What was dropped: files, and the files in folders, by their path. */
const FILES_MAX = 4096; // of a folder; it may be a whole disk

export interface Dropped {
  readonly files: readonly File[];
  readonly emptyFolders: readonly string[];
}

/** To be called in the event itself: the browser forgets its items right after. */
export async function droppedOf(event: DragEvent): Promise<Dropped> {
  const files: File[] = [];
  const folders: FileSystemEntry[] = [];
  for (const item of event.dataTransfer?.items ?? []) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    if (entry?.isDirectory) folders.push(entry);
    else if (file !== null) files.push(file);
  }
  const emptyFolders: string[] = [];
  for (const folder of folders) {
    const inside = await filesIn(folder, FILES_MAX);
    if (inside.length === 0) emptyFolders.push(folder.name);
    files.push(...inside.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }
  return { files, emptyFolders };
}

async function filesIn(entry: FileSystemEntry, atMost: number): Promise<File[]> {
  if (isFile(entry)) return fileOf(entry);
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const files: File[] = [];
  for (;;) {
    const some = await entriesOf(reader); // the browser gives a hundred at a time
    if (some.length === 0) return files;
    for (const one of some) {
      if (files.length >= atMost) return files;
      files.push(...(await filesIn(one, atMost - files.length)));
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const entriesOf = (reader: FileSystemDirectoryReader): Promise<readonly FileSystemEntry[]> =>
  new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));

/** Under its path, since folders of a cluster often hold files of one name. */
const fileOf = (entry: FileSystemFileEntry): Promise<File[]> =>
  new Promise((resolve) =>
    entry.file(
      (file) => resolve([new File([file], entry.fullPath.replace(/^\//, ''))]),
      () => resolve([]),
    ),
  );

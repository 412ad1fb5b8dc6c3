/** One file of a source, such as `Lead.csv` or `export/part-2/Task.csv`. */
export type SourceFile = Readonly<{
  /** Path inside the source, with `/` between folders. */
  name: string
  /** Size in bytes once unpacked, as the folder or the archive declares it. */
  bytes: number
  /** The file's bytes from the start. May be called again, also while another reading is under way. */
  read(): AsyncIterable<Uint8Array>
}>

/** Where an import comes from: a folder, a zip archive or one file. Files are sorted by name. */
export type Source = Readonly<{
  kind: 'folder' | 'zip' | 'file'
  /** What it was opened as: the last part of its path. */
  name: string
  /** The CSV files. */
  files: readonly SourceFile[]
  /** Names of files that are not CSV and are left alone. */
  ignored: readonly string[]
  close(): Promise<void>
}>

/** Sorts names the same way on every machine. */
export function byName(a: Readonly<{ name: string }>, b: Readonly<{ name: string }>): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

/** The last part of a path with `/`, in lower case and without `.csv`. */
export function baseNameOf(name: string): string {
  return name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.csv$/i, '')
    .toLowerCase()
}

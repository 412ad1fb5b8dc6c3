import type { Source } from '../src/source/source.ts'

/** A source whose files are texts, handed out in pieces of `piece` bytes. */
export function memorySource(files: Readonly<Record<string, string | Uint8Array>>, piece = 1 << 16): Source {
  return {
    kind: 'folder',
    name: 'memory',
    ignored: [],
    files: Object.keys(files)
      .sort()
      .map((name) => {
        const content = files[name] as string | Uint8Array
        const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content)
        return {
          name,
          bytes: bytes.length,
          async *read() {
            for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece)
          },
        }
      }),
    close: async () => {},
  }
}

/** CSV text of rows given as objects: the union of their keys is the header, every cell is quoted. */
export function csv(rows: readonly Readonly<Record<string, string>>[], columns?: readonly string[]): string {
  const header = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
  return `${[line(header), ...rows.map((row) => line(header.map((name) => row[name] ?? '')))].join('\n')}\n`
}

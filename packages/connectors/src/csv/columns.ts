import { SourceError } from '../source-error.ts'
import { delimiterName, type Header } from './csv-file.ts'

/** Where a column is. `index` is -1 where the file does not have it. */
export type Column = Readonly<{ name: string; index: number }>

/** Finds columns by name, without regard to case, and remembers which were asked for. */
export type ColumnFinder = Readonly<{
  /** A column the file must have, under one of the names. Throws SourceError `missing-column`. */
  required(...names: readonly [string, ...string[]]): Column
  /** A column the file may have, under one of the names. */
  optional(...names: readonly [string, ...string[]]): Column
  /** Columns nobody asked for: they are left alone. */
  unused(): readonly string[]
}>

/**
 * @throws SourceError `duplicate-column` where a column that is asked for has two places.
 */
export function columnFinder(header: Header): ColumnFinder {
  const places = new Map<string, number[]>()
  header.names.forEach((name, index) => {
    const key = name.toLowerCase()
    const known = places.get(key)
    if (known) known.push(index)
    else places.set(key, [index])
  })
  const asked = new Set<string>()

  const find = (names: readonly string[]): Column | undefined => {
    for (const name of names) {
      const key = name.toLowerCase()
      const at = places.get(key)
      if (!at) continue
      asked.add(key)
      if (at.length > 1)
        throw new SourceError(
          'duplicate-column',
          { file: header.file, row: header.row, column: name },
          `the header names this column ${at.length} times (cells ${at.map((index) => index + 1).join(' and ')}).`,
          'Keep one of them and rename or remove the others.',
        )
      return { name: header.names[at[0] as number] as string, index: at[0] as number }
    }
    return undefined
  }

  return {
    optional: (...names) => find(names) ?? { name: names[0], index: -1 },
    required: (...names) => {
      const column = find(names)
      if (column) return column
      const wanted = names.length === 1 ? names[0] : names.join(' or ')
      const shown = header.names.slice(0, 12).join(', ') + (header.names.length > 12 ? ', …' : '')
      throw new SourceError(
        'missing-column',
        { file: header.file, row: header.row, column: wanted },
        `the column is missing. The header, read with ${delimiterName(header.delimiter)} between cells, has: ${shown}.`,
        `Export the file again with ${wanted}, or correct its name in the header.`,
      )
    },
    unused: () => header.names.filter((name) => name !== '' && !asked.has(name.toLowerCase())),
  }
}

import type { Ask, Row } from './database.ts'
import { contentColumns } from './digest.ts'
import { TABLES } from './tables/index.ts'

/** Rows of one table that only one of two worlds has. A row that changed counts on both sides. */
export type Difference = Readonly<{
  table: string
  onlyA: number
  onlyB: number
  /** Examples, in the order of their columns. */
  examplesA: readonly Row[]
  examplesB: readonly Row[]
}>

/** The tables of two schemas that differ, with examples. No differences: the worlds are the same. */
export async function differenceOf(ask: Ask, schemaA: string, schemaB: string, limit: number): Promise<Difference[]> {
  const differences: Difference[] = []
  for (const table of TABLES) {
    const columns = contentColumns(table).join(', ')
    const distinct = table.name === 'mentions' ? 'distinct ' : ''
    const only = async (here: string, there: string) => {
      const rows =
        `(select ${distinct}${columns} from ${here}.${table.name}` +
        ` except all select ${distinct}${columns} from ${there}.${table.name})`
      const [count] = await ask(`select count(*) as rows from ${rows}`)
      const examples = count?.rows ? await ask(`select * from ${rows} order by all limit ${Math.trunc(limit)}`) : []
      return { rows: count?.rows as number, examples }
    }
    const a = await only(schemaA, schemaB)
    const b = await only(schemaB, schemaA)
    if (a.rows + b.rows > 0) {
      differences.push({
        table: table.name,
        onlyA: a.rows,
        onlyB: b.rows,
        examplesA: a.examples,
        examplesB: b.examples,
      })
    }
  }
  return differences
}

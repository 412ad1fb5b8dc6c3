import type { Derivation } from '@throughline/core'
import type { ClusterContext } from './cluster-context.ts'
import type { ColumnType, RowSink } from './row-sink.ts'

/** A column as it is documented, created and read back. */
export type ColumnDescription = Readonly<{ name: string; type: ColumnType; comment: string }>

/** Takes a column's value out of a record. Days are day numbers, instants and money are integers. */
type Value<R> = (record: R, context: ClusterContext) => string | number | boolean | null

export type ColumnOf<R> = ColumnDescription & Readonly<{ of: Value<R> }>

/** A table of derived records. Its last column is always `cluster`, by which live changes find their rows. */
export type Table = Readonly<{
  name: string
  comment: string
  columns: readonly ColumnDescription[]
  /** Writes the rows of one cluster. */
  write(derivation: Derivation, context: ClusterContext, sink: RowSink): void
}>

const CLUSTER: ColumnDescription = {
  name: 'cluster',
  type: 'BIGINT',
  comment:
    'Cluster the row was derived in. Means nothing outside the store, and may change when clusters grow together.',
}

/** A table with one row for each record that `recordsOf` finds in a derivation. */
export function table<R>(
  name: string,
  comment: string,
  recordsOf: (derivation: Derivation) => readonly R[],
  columns: readonly ColumnOf<R>[],
): Table {
  return {
    name,
    comment,
    columns: [...columns, CLUSTER],
    write(derivation, context, sink) {
      for (const record of recordsOf(derivation)) {
        for (const column of columns) put(sink, column.type, column.of(record, context))
        sink.integer(context.cluster)
        sink.endRow()
      }
    },
  }
}

function put(sink: RowSink, type: ColumnType, value: string | number | boolean | null): void {
  switch (type) {
    case 'VARCHAR':
      sink.text(value as string | null)
      break
    case 'BIGINT':
    case 'INTEGER':
      sink.integer(value as number | null)
      break
    case 'DOUBLE':
      sink.decimal(value as number | null)
      break
    case 'BOOLEAN':
      sink.flag(value as boolean | null)
      break
    case 'DATE':
      sink.day(value as number | null)
      break
  }
}

/** Makes columns of records of type `R`: `col('id', 'VARCHAR', 'What it is.', (r) => r.id)`. */
export function columnsOf<R>() {
  return (name: string, type: ColumnType, comment: string, of: Value<R>): ColumnOf<R> => ({ name, type, comment, of })
}

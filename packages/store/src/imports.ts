import type { Instant } from '@throughline/core'
import type { ImportProgress } from '@throughline/engine'
import type { Engine, Writing } from './engine.ts'

/** Saves how far a source has been read, in the transaction of the facts it gave. */
export async function saveProgress(trx: Writing, progress: ImportProgress, now: Instant): Promise<void> {
  const row = { state: JSON.stringify(progress.state ?? null), finished: progress.finished ? 1 : 0, updated_at: now }
  await trx
    .insertInto('imports')
    .values({ id: progress.id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** See `Store.importProgress`. */
export async function importProgress(engine: Engine, id: string): Promise<ImportProgress | undefined> {
  const row = await engine.reader.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
  return row && { id: row.id, state: JSON.parse(row.state), finished: row.finished === 1 }
}

import { randomBytes } from 'node:crypto'
import { type Engine, writing } from './engine.ts'

const PSEUDONYM_KEY = 'pseudonym-key'
const BYTES = 32

/** See `Store.pseudonymKey`. */
export async function pseudonymKey(engine: Engine): Promise<Uint8Array> {
  return writing(engine, async (trx) => {
    await trx
      .insertInto('settings')
      .values({ key: PSEUDONYM_KEY, value: randomBytes(BYTES).toString('hex') })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute()
    const { value } = await trx
      .selectFrom('settings')
      .select('value')
      .where('key', '=', PSEUDONYM_KEY)
      .executeTakeFirstOrThrow()
    return new Uint8Array(Buffer.from(value, 'hex'))
  })
}

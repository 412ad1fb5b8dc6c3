import { describe, it } from 'vitest'
import { everyDatabase } from '../testing/every-store.ts'
import { freshDatabase, NO_POSTGRES, POSTGRES_URL } from '../testing/places.ts'

if (POSTGRES_URL) everyDatabase('PostgreSQL', freshDatabase)
else {
  console.warn(NO_POSTGRES)
  describe.skip(NO_POSTGRES, () => it('would run the suite of every store', () => {}))
}

import { describe, it } from 'vitest'
import { everyStore } from '../testing/every-store.ts'
import { freshDatabase, NO_POSTGRES, POSTGRES_URL } from '../testing/places.ts'

if (POSTGRES_URL) everyStore('PostgreSQL', freshDatabase)
else {
  console.warn(NO_POSTGRES)
  describe.skip(NO_POSTGRES, () => it('would run the suite of every store', () => {}))
}

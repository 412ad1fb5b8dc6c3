import { everyDatabase } from '../testing/every-store.ts'
import { freshFile } from '../testing/places.ts'

everyDatabase('SQLite', freshFile)

import { everyStore } from '../testing/every-store.ts'
import { freshFile } from '../testing/places.ts'

everyStore('SQLite', freshFile)

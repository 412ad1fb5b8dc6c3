import { everyStore } from '../testing/every-store.ts'
import { freshMemory } from '../testing/places.ts'

everyStore('memory', freshMemory)

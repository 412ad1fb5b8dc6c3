import type { Law } from './law.ts'
import { LAWS_OF_RECORDS } from './laws-of-records.ts'
import { LAWS_OF_THE_FOLD } from './laws-of-the-fold.ts'

/** Everything that holds for every history. */
export const LAWS: readonly Law[] = [...LAWS_OF_THE_FOLD, ...LAWS_OF_RECORDS]

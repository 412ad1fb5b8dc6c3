import type { Law } from './law.ts'
import { LAWS_OF_JOINING } from './laws-of-joining.ts'
import { LAWS_OF_RECORDS } from './laws-of-records.ts'
import { LAWS_OF_THE_FOLD } from './laws-of-the-fold.ts'
import { LAWS_OF_TIME } from './laws-of-time.ts'
import { LAWS_OF_TOUCHES } from './laws-of-touches.ts'

/** Everything that holds for every history. */
export const LAWS: readonly Law[] = [
  ...LAWS_OF_THE_FOLD,
  ...LAWS_OF_TIME,
  ...LAWS_OF_TOUCHES,
  ...LAWS_OF_JOINING,
  ...LAWS_OF_RECORDS,
]

/** Entry of a rebuild thread. Bundled beside the program as `rebuild-worker.mjs`. */
import { derive } from '@throughline/core'
import { answerShards } from './shard-worker.ts'

await answerShards(derive)

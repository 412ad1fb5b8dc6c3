/** A rebuild thread that folds with `plainDerive`. */
import { answerShards } from '../src/shard-worker.ts'
import { plainDerive } from './plain-derive.ts'

await answerShards(plainDerive)

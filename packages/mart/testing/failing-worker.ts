/** A rebuild thread whose fold fails after a while. */
import { answerShards } from '../src/shard-worker.ts'
import { plainDerive } from './plain-derive.ts'

let calls = 0
await answerShards((...given) => {
  if (++calls > 100) throw new Error('a bug in the fold')
  return plainDerive(...given)
})

import { parentPort, workerData } from 'node:worker_threads'
import type { FoldReply, FoldRequest } from './fold-pool.ts'
import { type Derive, type FoldContext, openShardFolder } from './shard-fold.ts'

/** Answers the shards that `foldShards` sends to this thread, until it is terminated. */
export async function answerShards(derive: Derive): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('A rebuild worker runs in a thread that a build started, never by itself.')
  const folder = await openShardFolder(workerData as FoldContext, derive)
  const say = (reply: FoldReply) => port.postMessage(reply)
  port.on('message', ({ shard }: FoldRequest) => {
    folder
      .fold(shard, (facts) => say({ facts }))
      .then(
        (folded) => say({ folded }),
        // A rejection nobody awaits ends the thread with this error, which the build then reports.
        (error: unknown) => {
          setImmediate(() => {
            throw error
          })
        },
      )
  })
}

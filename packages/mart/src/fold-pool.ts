import { Worker } from 'node:worker_threads'
import { MartError } from './errors.ts'
import { type Derive, type FoldContext, type FoldedShard, openShardFolder, type Shard } from './shard-fold.ts'

/** What a thread is asked and what it says; see `rebuild-worker.ts`. */
export type FoldRequest = Readonly<{ shard: Shard }>
export type FoldReply = Readonly<{ facts: number }> | Readonly<{ folded: FoldedShard }>

export type PoolOptions = Readonly<{
  /** Threads; 0 folds in the calling thread. */
  workers: number
  workerFile: URL | undefined
  derive: Derive
  context: FoldContext
}>

/**
 * Folds shards in threads, each taking the next one when it is done with the last, and hands every folded
 * shard to `take` as soon as it is there. The order of shards means nothing to the result.
 */
export async function foldShards(
  shards: readonly Shard[],
  options: PoolOptions,
  take: (folded: FoldedShard) => Promise<void>,
  onFacts: (facts: number) => void,
): Promise<void> {
  const waiting = [...shards]
  const next = () => waiting.shift()
  if (options.workers === 0) return foldHere(next, options, take, onFacts)
  const { workerFile } = options
  if (!workerFile) {
    throw new MartError(
      'worker-file-missing',
      `A build was asked for ${options.workers} worker threads, but the mart was opened without a worker file. ` +
        'Give `workerFile` to `openMart`, or build with `workers: 0`.',
    )
  }
  const threads = Array.from({ length: Math.min(options.workers, Math.max(1, shards.length)) }, () =>
    foldInThread(new Worker(workerFile, { workerData: options.context }), next, take, onFacts),
  )
  // When one thread fails the others are told to stop by having nothing left to take.
  const results = await Promise.allSettled(
    threads.map((thread) =>
      thread.catch((error: unknown) => {
        waiting.length = 0
        throw error
      }),
    ),
  )
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

async function foldHere(
  next: () => Shard | undefined,
  options: PoolOptions,
  take: (folded: FoldedShard) => Promise<void>,
  onFacts: (facts: number) => void,
): Promise<void> {
  const folder = await openShardFolder(options.context, options.derive)
  try {
    for (let shard = next(); shard; shard = next()) await take(await folder.fold(shard, onFacts))
  } finally {
    folder.close()
  }
}

async function foldInThread(
  worker: Worker,
  next: () => Shard | undefined,
  take: (folded: FoldedShard) => Promise<void>,
  onFacts: (facts: number) => void,
): Promise<void> {
  const taken: Promise<void>[] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const hand = () => {
        const shard = next()
        if (shard) worker.postMessage({ shard } satisfies FoldRequest)
        else resolve()
      }
      worker.on('message', (reply: FoldReply) => {
        if ('facts' in reply) return onFacts(reply.facts)
        // Loading runs beside folding: the thread gets its next shard at once.
        taken.push(take(reply.folded).catch(reject))
        hand()
      })
      worker.on('error', reject)
      worker.on('exit', (code) =>
        reject(
          new MartError('build-failed', `A rebuild thread stopped with exit code ${code}. Run the rebuild again.`),
        ),
      )
      hand()
    })
    await Promise.all(taken)
  } finally {
    await worker.terminate()
  }
}

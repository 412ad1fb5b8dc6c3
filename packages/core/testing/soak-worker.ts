/** One thread of `npm run soak`: answers each batch it is given with what came of it. */
import { parentPort } from 'node:worker_threads'
import { LAWS } from './laws.ts'
import { type Batch, soak } from './soak.ts'

parentPort?.postMessage({ laws: LAWS.map((law) => law.title) })
parentPort?.on('message', (batch: Batch) => parentPort?.postMessage({ batch, tally: soak(batch) }))

/**
 * A process that works on a store until it is killed, and says what it was told is safe. For `kill.test.ts`.
 *
 * Arguments: what to do (`append` or `work`), the place as JSON, and a number that tells one process's facts
 * from another's.
 */
import type { Claim, OutboxEntry } from '@throughline/engine'
import { openStore, type StorePlace } from '../src/index.ts'
import { conversionOf, statusOf } from './facts.ts'

const [task, place, run] = process.argv.slice(2) as [string, string, string]
const NOW = 1_800_000_000_000
const FACTS_AT_A_TIME = 40

const store = await openStore({ ...(JSON.parse(place) as StorePlace), leaseMs: 1 })

/** One line each; written at once, because the process may be gone a moment later. */
function say(word: string, value: unknown): void {
  process.stdout.write(`${word} ${JSON.stringify(value)}\n`)
}

say('ready', null)
if (task === 'append') await appendForever()
else await workForever()

/** Batches whose facts tie clusters together, with the progress of the import they are part of. */
async function appendForever(): Promise<never> {
  for (let batch = 0; ; batch++) {
    const facts = Array.from({ length: FACTS_AT_A_TIME }, (_, n) =>
      n % 4 === 3 ? conversionOf(`${run}-${n}`, `${run}-${batch % 7}`, batch) : statusOf(`${run}-${n}`, batch),
    )
    await store.append({
      facts,
      profiles: [{ key: `lead:${run}-${batch}`, firstName: `Person ${batch}` }],
      now: NOW,
      mode: batch % 2 === 0 ? 'live' : 'bulk',
      progress: { id: run, state: { batch }, finished: false },
    })
    say('appended', { batch, ids: facts.map((fact) => fact.id) })
  }
}

/** Claims and publishes; each publication counts up a number in its hashes and in the outbox. */
async function workForever(): Promise<never> {
  for (let round = 0; ; round++) {
    const claims = await store.claim(NOW + round, 8)
    const hashes = await store.hashesOf(claims.map(({ cluster }) => cluster))
    const accepted = await store.publish(
      claims.map((claim) => {
        const count = Number(hashes.get(claim.cluster)?.[`eng:${claim.cluster}`] ?? '0') + 1
        return {
          ...claim,
          // Due again at once, so that there is always work.
          wakeAt: NOW,
          hashes: { [`eng:${claim.cluster}`]: String(count), [`per:${claim.cluster}`]: String(count) },
          outbox: [upsert(claim, 'eng', 'engagement', count), upsert(claim, 'per', 'person', count)],
        }
      }),
      NOW,
    )
    for (const { cluster } of accepted)
      say('published', { cluster, count: Number(hashes.get(cluster)?.[`eng:${cluster}`] ?? '0') + 1 })
  }
}

function upsert({ cluster }: Claim, prefix: string, kind: OutboxEntry['kind'], count: number): OutboxEntry {
  return { record: `${prefix}:${cluster}`, kind, change: 'upsert', hash: String(count), body: `{"count":${count}}` }
}

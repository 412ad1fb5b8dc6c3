import { createHash } from 'node:crypto'
import type { Derivation } from '@throughline/core'
import type { OutboxEntry } from './ports.ts'

/** Record id → content hash of everything in a derivation that somebody may keep a copy of. */
export type Hashes = Readonly<Record<string, string>>

type Kept = Readonly<{ kind: OutboxEntry['kind']; id: string; body: string; hash: string }>

/** People, engagements, journeys and opportunities of a derivation, each with its content hash. */
function keptOf(derivation: Derivation): Kept[] {
  const kept: Kept[] = []
  const keep = (kind: OutboxEntry['kind'], id: string, record: unknown) => {
    const body = JSON.stringify(record)
    kept.push({ kind, id, body, hash: createHash('sha1').update(body).digest('base64url') })
  }
  for (const one of derivation.people) keep('person', `person:${one.id}`, one)
  for (const one of derivation.engagements) keep('engagement', one.id, one)
  // A journey shares its activation's id; its copies are told apart by the prefix.
  for (const one of derivation.journeys) keep('journey', `journey:${one.id}`, one)
  for (const one of derivation.opportunities) keep('opportunity', `opportunity:${one.id}`, one)
  return kept
}

/** Content hashes of a derivation's records. */
export function hashesOf(derivation: Derivation): Hashes {
  return Object.fromEntries(keptOf(derivation).map(({ id, hash }) => [id, hash]))
}

/**
 * What changed between what was last published and what is derived now. The same pair always gives the same
 * difference, and a difference applied twice changes nothing the second time.
 */
export function differenceOf(
  before: Hashes,
  derivation: Derivation,
): Readonly<{ hashes: Hashes; outbox: OutboxEntry[] }> {
  const hashes: Record<string, string> = {}
  const outbox: OutboxEntry[] = []
  for (const { kind, id, body, hash } of keptOf(derivation)) {
    hashes[id] = hash
    if (before[id] !== hash) outbox.push({ record: id, kind, change: 'upsert', hash, body })
  }
  for (const id of Object.keys(before))
    if (!(id in hashes)) outbox.push({ record: id, kind: kindOf(id), change: 'delete', hash: '', body: null })
  return { hashes, outbox }
}

function kindOf(id: string): OutboxEntry['kind'] {
  if (id.startsWith('person:')) return 'person'
  if (id.startsWith('journey:')) return 'journey'
  if (id.startsWith('opportunity:')) return 'opportunity'
  return 'engagement'
}

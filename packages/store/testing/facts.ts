import { type ClusterFact, type Fact, isDirectoryFact, keysOf } from '@throughline/core'
import fc from 'fast-check'

const at = (n: number) => ({ occurredAt: 1_700_000_000_000 + n, recordedAt: 1_700_000_000_000 + n })

/** A lead's status was set; touches one key. */
export function statusOf(lead: string, n: number): ClusterFact {
  return { id: `status/${lead}/${n}`, kind: 'status-changed', record: `lead:${lead}`, to: `S${n}`, ...at(n) }
}

/** A lead became a contact; ties two keys. */
export function conversionOf(lead: string, contact: string, n = 0): ClusterFact {
  return { id: `conversion/${lead}/${contact}/${n}`, kind: 'lead-converted', lead, contact, ...at(n) }
}

export function userNamed(user: string, name: string, n = 0): Fact {
  return { id: `user/${user}/${n}`, kind: 'user-recorded', user, name, ...at(n) }
}

export function campaignNamed(campaign: string, name: string, n = 0): Fact {
  return { id: `campaign/${campaign}/${n}`, kind: 'campaign-recorded', campaign, name, ...at(n) }
}

export function accountNamed(account: string, name: string, n = 0): Fact {
  return { id: `account/${account}/${n}`, kind: 'account-recorded', account, name, ...at(n) }
}

/**
 * Facts about few records, so that they collide: many repeat an id, and many tie clusters together.
 */
export function crampedFacts(records: number, most: number): fc.Arbitrary<Fact[]> {
  const name = fc.integer({ min: 0, max: records - 1 }).map(String)
  const n = fc.integer({ min: 0, max: 5 })
  const fact = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(name, n).map(([lead, k]) => statusOf(lead, k)) },
    { weight: 2, arbitrary: fc.tuple(name, name, n).map(([lead, contact, k]) => conversionOf(lead, contact, k)) },
    {
      weight: 2,
      arbitrary: fc.tuple(name, name, n).map(
        ([opportunity, contact, k]): Fact => ({
          id: `role/${opportunity}/${contact}/${k}`,
          kind: 'contact-role-added',
          contactRole: `${opportunity}-${contact}`,
          contact,
          opportunity,
          by: 'u1',
          ...at(k),
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(name, fc.array(name, { minLength: 1, maxLength: 3 }), n).map(
        ([survivor, merged, k]): Fact => ({
          id: `merge/${survivor}/${merged.join('+')}/${k}`,
          kind: 'records-merged',
          survivor: `lead:${survivor}`,
          merged: merged.map((lead) => `lead:${lead}` as const),
          ...at(k),
        }),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(name, n).map(([user, k]) => userNamed(user, `User ${user}`, k)) },
  )
  return fc.array(fact, { maxLength: most })
}

/** The clusters of facts, found the plain way: sets of keys, joined until no two share one. */
export function clustersByHand(facts: readonly Fact[]): Set<string>[] {
  let clusters: Set<string>[] = []
  for (const fact of facts) {
    if (isDirectoryFact(fact)) continue
    const keys = new Set<string>(keysOf(fact))
    const apart = clusters.filter((cluster) => ![...keys].some((key) => cluster.has(key)))
    const together = clusters.filter((cluster) => !apart.includes(cluster))
    clusters = [...apart, new Set([...keys, ...together.flatMap((cluster) => [...cluster])])]
  }
  return clusters
}

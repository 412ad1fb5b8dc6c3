import type { DirectoryFact, Instant, UserId } from './facts.ts'

/** What a directory entry was from an instant on. */
type Version<T> = Readonly<{ from: Instant; value: T }>

export type User = Readonly<{ id: UserId; name: string; role: string | null; queue: boolean }>
export type Campaign = Readonly<{
  id: string
  name: string
  type: string | null
  fields: Readonly<Record<string, string | number | boolean | null>>
}>
export type Account = Readonly<{ id: string; name: string; owner: UserId | null; industry: string | null }>

/** Users, campaigns and accounts: what is true of the whole company. Keys are `user:…`, `campaign:…`, `account:…`. */
export type Directory = Readonly<{
  users: ReadonlyMap<string, readonly Version<User>[]>
  campaigns: ReadonlyMap<string, readonly Version<Campaign>[]>
  accounts: ReadonlyMap<string, readonly Version<Account>[]>
}>

/** Folds directory facts, in any order and however often repeated, as known at `asOf`. */
export function directoryOf(facts: Iterable<DirectoryFact>, asOf: Instant): Directory {
  const known = new Map<string, DirectoryFact>()
  for (const fact of facts) if (fact.recordedAt <= asOf) known.set(fact.id, fact)
  const inOrder = [...known.values()].sort(
    (a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
  const users = new Map<string, Version<User>[]>()
  const campaigns = new Map<string, Version<Campaign>[]>()
  const accounts = new Map<string, Version<Account>[]>()
  for (const fact of inOrder) {
    const from = fact.occurredAt
    switch (fact.kind) {
      case 'user-recorded':
        push(users, fact.user, from, {
          id: fact.user,
          name: fact.name,
          role: fact.role ?? null,
          queue: fact.queue ?? false,
        })
        break
      case 'campaign-recorded':
        push(campaigns, fact.campaign, from, {
          id: fact.campaign,
          name: fact.name,
          type: fact.type ?? null,
          fields: fact.fields ?? {},
        })
        break
      case 'account-recorded':
        push(accounts, fact.account, from, {
          id: fact.account,
          name: fact.name,
          owner: fact.owner ?? null,
          industry: fact.industry ?? null,
        })
        break
    }
  }
  return { users, campaigns, accounts }
}

/** The key of the entry that a fact is about, as derivations mention it: `user:…`, `campaign:…` or `account:…`. */
export function directoryKeyOf(fact: DirectoryFact): string {
  switch (fact.kind) {
    case 'user-recorded':
      return `user:${fact.user}`
    case 'campaign-recorded':
      return `campaign:${fact.campaign}`
    case 'account-recorded':
      return `account:${fact.account}`
  }
}

/** The entry as it was at `at`; what is known first holds for all earlier time too. */
export function entryAt<T>(
  entries: ReadonlyMap<string, readonly Version<T>[]>,
  id: string,
  at: Instant,
): T | undefined {
  const versions = entries.get(id)
  if (!versions?.length) return undefined
  for (let i = versions.length - 1; i > 0; i--) {
    const version = versions[i] as Version<T>
    if (version.from <= at) return version.value
  }
  return (versions[0] as Version<T>).value
}

function push<T>(into: Map<string, Version<T>[]>, id: string, from: Instant, value: T): void {
  const versions = into.get(id)
  if (versions) versions.push({ from, value })
  else into.set(id, [{ from, value }])
}

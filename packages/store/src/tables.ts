import type { ColumnType } from 'kysely'

type Whole = ColumnType<number, number, number>

/** The tables of `migrations/`, as Kysely sees them. Integers arrive as numbers from both engines. */
export type Tables = {
  facts: {
    seq: Whole
    id: string
    kind: string
    occurred_at: Whole
    recorded_at: Whole
    subject: string | null
    body: string
    logged_at: Whole
  }
  links: { key: string; cluster: Whole; stamp: Whole }
  positions: Positions
  work: {
    cluster: Whole
    version: Whole
    marked: Whole
    due: Whole
    wake_at: Whole | null
    claimed_until: Whole
  }
  published: { cluster: Whole; seq: Whole; hashes: string; partial: Whole }
  absorbed: { cluster: Whole; survivor: Whole; stamp: Whole; emptied: Whole }
  baselines: { id: Whole; seq: Whole; as_of: Whole; rules_version: Whole; published_at: Whole }
  outbox: {
    record: string
    kind: 'person' | 'engagement' | 'journey' | 'opportunity'
    change: 'upsert' | 'delete'
    hash: string
    body: string | null
    seq: Whole
  }
  directory_due: { key: string }
  rules: { version: Whole; hash: string; document: string; saved_at: Whole }
  profiles: ProfileRow
  imports: { id: string; state: string; finished: Whole; updated_at: Whole }
  settings: { key: string; value: string }
  migrations: { name: string; hash: string }
}

/** The last number given out for each purpose. */
export type Positions = {
  one: number
  seq: number
  facts: number
  bulk: number
  directory: number
  cluster: number
  version: number
  publication: number
  outbox: number
}

export type ProfileRow = {
  key: string
  first_name: string | null
  last_name: string | null
  email: string | null
  company: string | null
  title: string | null
  phone: string | null
  country: string | null
  search: string
}

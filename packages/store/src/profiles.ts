import type { PersonKey } from '@throughline/core'
import type { Profile } from '@throughline/engine'
import { sql } from 'kysely'
import type { Engine, Session, Writing } from './engine.ts'
import type { ProfileRow } from './tables.ts'
import { refuseUnstorable } from './text.ts'

const COLUMNS = {
  key: 'text',
  first_name: 'text',
  last_name: 'text',
  email: 'text',
  company: 'text',
  title: 'text',
  phone: 'text',
  country: 'text',
  search: 'text',
} as const

/** Saves people's details. The last one to give a field wins; a field that is not given stays as it was. */
export async function saveProfiles(engine: Engine, trx: Writing, given: readonly Profile[]): Promise<void> {
  if (given.length === 0) return
  const merged = await profiles(engine, trx, [...new Set(given.map((profile) => profile.key))])
  for (const profile of given) merged.set(profile.key, { ...merged.get(profile.key), ...profile })
  const rows = [...merged.values()].map(rowOf)
  const text = JSON.stringify(rows)
  refuseUnstorable(text, rows)
  await sql`
    insert into profiles (key, first_name, last_name, email, company, title, phone, country, search)
    select key, first_name, last_name, email, company, title, phone, country, search
    from ${engine.relation(COLUMNS, rows, text)} as given
    where true
    on conflict (key) do update
    set first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
      company = excluded.company, title = excluded.title, phone = excluded.phone, country = excluded.country,
      search = excluded.search`.execute(trx)
}

/** See `Store.profiles`. */
export async function profiles(
  engine: Engine,
  session: Session,
  keys: readonly PersonKey[],
): Promise<Map<PersonKey, Profile>> {
  if (keys.length === 0) return new Map()
  const rows = await session.selectFrom('profiles').selectAll().where(engine.among('key', keys)).execute()
  return new Map(rows.map((row) => [row.key as PersonKey, profileOf(row)]))
}

/** See `Store.searchProfiles`. */
export async function searchProfiles(engine: Engine, text: string, limit: number): Promise<PersonKey[]> {
  const pattern = `%${searchable(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const rows = await engine.reader
    .selectFrom('profiles')
    .select('key')
    .where(sql<boolean>`search like ${pattern} escape '\\'`)
    .orderBy('key')
    .limit(limit)
    .execute()
  return rows.map((row) => row.key as PersonKey)
}

/** Lower case is made here, because the engines disagree about letters beyond ASCII. */
function searchable(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

function rowOf(profile: Profile): ProfileRow {
  const name = [profile.firstName, profile.lastName].filter(Boolean).join(' ')
  return {
    key: profile.key,
    first_name: profile.firstName ?? null,
    last_name: profile.lastName ?? null,
    email: profile.email ?? null,
    company: profile.company ?? null,
    title: profile.title ?? null,
    phone: profile.phone ?? null,
    country: profile.country ?? null,
    search: searchable([name, profile.email ?? '', profile.company ?? ''].join('\n')),
  }
}

function profileOf(row: ProfileRow): Profile {
  return {
    key: row.key as PersonKey,
    ...(row.first_name !== null && { firstName: row.first_name }),
    ...(row.last_name !== null && { lastName: row.last_name }),
    ...(row.email !== null && { email: row.email }),
    ...(row.company !== null && { company: row.company }),
    ...(row.title !== null && { title: row.title }),
    ...(row.phone !== null && { phone: row.phone }),
    ...(row.country !== null && { country: row.country }),
  }
}

import {
  type Instant,
  idOf,
  objectOf,
  type Person,
  type PersonId,
  type PersonKey,
  type UserId,
} from '@throughline/core'
import type { Cell } from './database.ts'
import type { DuckMart } from './mart.ts'
import { highestStage, ownerName } from './reports/selection.ts'

export type PeopleSort = 'last-engagement' | 'created' | 'score' | 'engagements' | 'owner' | 'status'

export type PeopleQuery = Readonly<{
  /** Only people one of whose records is among these: what a search for a name came to. */
  records?: readonly PersonKey[]
  state?: 'active' | 'dormant'
  owner?: UserId
  /** Only people of this account. */
  account?: string
  sort: PeopleSort
  descending: boolean
  offset: number
  limit: number
}>

/** A person as a line in a list. */
export type PersonLine = Readonly<{
  person: Person
  ownerName: string | null
  accountName: string | null
  engagements: number
  journeys: number
  lastEngagementAt: Instant | null
  /** The current journey: how it began, what brought it, and the highest stage it reached. */
  activationType: string | null
  medium: string | null
  source: string | null
  stage: number | null
}>

const SORTS: Readonly<Record<PeopleSort, string>> = {
  'last-engagement': 'last_engagement_at',
  created: 'created_at',
  score: 'score',
  engagements: 'engagements',
  owner: 'owner_name',
  status: 'status',
}

const OWNER_NAME = `${ownerName('people.owner')} as owner_name`

/** People who are not deleted, one page of them. */
export async function listPeople(
  mart: Pick<DuckMart, 'read'>,
  query: PeopleQuery,
  world = 'live',
): Promise<Readonly<{ lines: readonly PersonLine[]; total: number }>> {
  const conditions = ['not deleted']
  if (query.state) conditions.push(query.state === 'dormant' ? 'dormant' : 'not dormant')
  if (query.owner !== undefined) conditions.push('owner = $owner')
  if (query.account !== undefined) conditions.push('account = $account')
  if (query.records)
    conditions.push('id in (select person from person_records where record in (select unnest($records)))')
  const where = conditions.join(' and ')
  const bindings = {
    owner: query.owner ?? null,
    account: query.account ?? null,
    records: query.records ?? [],
    limit: query.limit,
    offset: query.offset,
  }
  const sorted = query.sort === 'owner' ? OWNER_NAME : SORTS[query.sort]
  const order = `${SORTS[query.sort]} ${query.descending ? 'desc' : 'asc'} nulls last, id`
  return mart.read(world, async (ask) => {
    // The page's rows are found by the sorted column alone, and only then read whole.
    const rows = await ask(
      `with page as materialized (
         select *, ${OWNER_NAME} from people
         where rowid in (select row from (select rowid as row, id, ${sorted} from people where ${where})
                         order by ${order} limit $limit offset $offset)),
       records as (select person, list_sort(list(record)) as keys from person_records
                   where person in (select id from page) group by person)
       select page.*, to_json(records.keys)::VARCHAR as record_keys, accounts.name as account_name,
              current.activation_type, current.medium, current.source, current.stage
       from page
       left join records on records.person = page.id
       left join accounts on accounts.id = page.account
       left join (select id, activation_type, medium, source, ${highestStage()} as stage from journeys
                  where id in (select current_activation from page)) as current on current.id = page.current_activation
       order by ${order.replace(', id', ', page.id')}`,
      bindings,
    )
    const [all] = await ask(`select count(*) as people from people where ${where}`, bindings)
    return { lines: rows.map(lineOf), total: all?.people as number }
  })
}

/** Everybody who owns people, most people first. */
export async function listOwners(
  mart: Pick<DuckMart, 'read'>,
  world = 'live',
): Promise<readonly Readonly<{ id: UserId; name: string; people: number }>[]> {
  const rows = await mart.read(world, (ask) =>
    ask(`select id, ${ownerName('owned.id')} as name, people
         from (select owner as id, count(*) as people from people where not deleted group by owner) as owned
         order by people desc, name, id`),
  )
  return rows.map((row) => ({ id: row.id as string, name: row.name as string, people: row.people as number }))
}

function lineOf(row: Readonly<Record<string, Cell>>): PersonLine {
  const keys = JSON.parse((row.record_keys as string | null) ?? '[]') as PersonKey[]
  const ids = (object: string) => keys.filter((key) => objectOf(key) === object).map(idOf)
  return {
    person: {
      id: row.id as PersonId,
      leads: ids('lead'),
      contacts: ids('contact'),
      account: row.account as string | null,
      owner: row.owner as string,
      status: row.status as string | null,
      score: row.score as number | null,
      object: row.object as Person['object'],
      currentActivation: row.current_activation as Person['currentActivation'],
      dormant: row.dormant as boolean,
      createdAt: row.created_at as number,
      deleted: row.deleted as boolean,
    },
    ownerName: row.owner_name as string | null,
    accountName: row.account_name as string | null,
    engagements: row.engagements as number,
    journeys: row.journeys as number,
    lastEngagementAt: row.last_engagement_at as number | null,
    activationType: row.activation_type as string | null,
    medium: row.medium as string | null,
    source: row.source as string | null,
    stage: row.stage as number | null,
  }
}

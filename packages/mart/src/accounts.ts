import type { Account, Day, EngagementId, Instant, PersonId, UserId } from '@throughline/core'
import type { Ask, Row } from './database.ts'
import type { DuckMart } from './mart.ts'
import { listPeople, type PersonLine } from './people.ts'
import { ownerName } from './reports/selection.ts'
import { STAGES } from './tables/stage-columns.ts'

/** A journey of an account, with what it takes to draw it on a time axis. */
export type AccountJourney = Readonly<{
  id: EngagementId
  /** Null where an opportunity nobody has a role on began it. */
  person: PersonId | null
  activationType: string
  engagementType: string | null
  medium: string | null
  source: string | null
  /** When each of the six stages was reached; null where it was not. */
  stages: readonly (Instant | null)[]
  completedAt: Instant | null
  outcome: string | null
  opportunity: string | null
  opportunityRole: string | null
  /** When its influencing engagements happened, in the order of time. */
  influencing: readonly Instant[]
}>

/** An opportunity of an account as a line. Amounts are in minor units. */
export type AccountOpportunity = Readonly<{
  id: string
  name: string | null
  owner: UserId
  ownerName: string | null
  stage: string | null
  probability: number | null
  closed: boolean
  won: boolean
  createdAt: Instant
  closedAt: Instant | null
  closeDate: Day | null
  amount: number | null
  currency: string
  organisationAmount: number | null
  leadSource: string | null
  attributionActivation: EngagementId | null
  attributionRule: string | null
}>

/** Opportunities of one state and currency added up; amounts in minor units, null where none has one. */
export type AccountAmount = Readonly<{
  state: 'open' | 'won' | 'lost'
  currency: string
  opportunities: number
  amount: number | null
  organisationAmount: number | null
}>

/** One account: who is there, what they did, and what came of it. Lists hold the newest; totals tell how many there are. */
export type AccountStory = Readonly<{
  account: Account
  ownerName: string | null
  people: readonly PersonLine[]
  peopleTotal: number
  engagements: number
  journeys: readonly AccountJourney[]
  journeysTotal: number
  opportunities: readonly AccountOpportunity[]
  opportunitiesTotal: number
  amounts: readonly AccountAmount[]
  months: readonly Readonly<{ month: string; activations: number; influencing: number }>[]
}>

/** Most people, journeys and opportunities of one account that are read. */
const MOST = 200

/**
 * What belongs to an account: its contacts' and opportunities' engagements and journeys, and those of people whose
 * record is at it. What was deleted or voided does not count.
 */
const OF_ACCOUNT = '(account = $id or person in (select id from people where account = $id and not deleted))'

/** Everything about one account; undefined where nobody ever spoke of it. */
export async function readAccount(
  mart: Pick<DuckMart, 'read'>,
  id: string,
  world = 'live',
): Promise<AccountStory | undefined> {
  const found = await mart.read(world, async (ask) => {
    const account = await accountIn(ask, id)
    if (!account) return undefined
    return {
      ...account,
      ...(await journeysOf(ask, id)),
      ...(await opportunitiesOf(ask, id)),
      amounts: await amountsOf(ask, id),
      ...(await engagementsOf(ask, id)),
    }
  })
  if (!found) return undefined
  const { lines, total } = await listPeople(
    mart,
    { account: id, sort: 'last-engagement', descending: true, offset: 0, limit: MOST },
    world,
  )
  return { ...found, people: lines, peopleTotal: total }
}

/** The account as the directory has it; one that is only named by people or opportunities goes by its id. */
async function accountIn(ask: Ask, id: string): Promise<Pick<AccountStory, 'account' | 'ownerName'> | undefined> {
  const [row] = await ask(
    `select name, owner, industry, ${ownerName('accounts.owner')} as owner_name from accounts where id = $id`,
    { id },
  )
  if (row)
    return {
      account: {
        id,
        name: row.name as string,
        owner: row.owner as string | null,
        industry: row.industry as string | null,
      },
      ownerName: row.owner_name as string | null,
    }
  const [named] = await ask(
    `select exists (select 1 from people where account = $id) or exists (select 1 from opportunities where account = $id)
       as named`,
    { id },
  )
  return named?.named ? { account: { id, name: id, owner: null, industry: null }, ownerName: null } : undefined
}

async function journeysOf(ask: Ask, id: string): Promise<Pick<AccountStory, 'journeys' | 'journeysTotal'>> {
  const rows = await ask(
    `with page as (select * from journeys where not voided and ${OF_ACCOUNT} order by stage1_at desc, id limit $most),
          touches as (select parent, to_json(list_sort(list(occurred_at)))::VARCHAR as moments from engagements
                      where not voided and parent in (select id from page) group by parent)
     select page.*, touches.moments from page left join touches on touches.parent = page.id
     order by page.stage1_at, page.id`,
    { id, most: MOST },
  )
  const [all] = await ask(`select count(*) as journeys from journeys where not voided and ${OF_ACCOUNT}`, { id })
  return { journeys: rows.map(journeyOf), journeysTotal: all?.journeys as number }
}

function journeyOf(row: Row): AccountJourney {
  return {
    id: row.id as EngagementId,
    person: row.person as PersonId | null,
    activationType: row.activation_type as string,
    engagementType: row.engagement_type as string | null,
    medium: row.medium as string | null,
    source: row.source as string | null,
    stages: STAGES.map((stage) => row[`stage${stage}_at`] as number | null),
    completedAt: row.completed_at as number | null,
    outcome: row.outcome as string | null,
    opportunity: row.primary_opportunity as string | null,
    opportunityRole: row.primary_opportunity_type as string | null,
    influencing: JSON.parse((row.moments as string | null) ?? '[]') as number[],
  }
}

async function opportunitiesOf(
  ask: Ask,
  id: string,
): Promise<Pick<AccountStory, 'opportunities' | 'opportunitiesTotal'>> {
  const rows = await ask(
    `select * from (select *, ${ownerName('opportunities.owner')} as owner_name
                    from opportunities where account = $id and not deleted order by created_at desc, id limit $most)
     order by created_at, id`,
    { id, most: MOST },
  )
  const [all] = await ask('select count(*) as opportunities from opportunities where account = $id and not deleted', {
    id,
  })
  return { opportunities: rows.map(opportunityOf), opportunitiesTotal: all?.opportunities as number }
}

function opportunityOf(row: Row): AccountOpportunity {
  return {
    id: row.id as string,
    name: row.name as string | null,
    owner: row.owner as string,
    ownerName: row.owner_name as string | null,
    stage: row.stage as string | null,
    probability: row.probability as number | null,
    closed: row.closed as boolean,
    won: row.won as boolean,
    createdAt: row.created_at as number,
    closedAt: row.closed_at as number | null,
    closeDate: row.close_date as string | null,
    amount: row.amount as number | null,
    currency: row.currency as string,
    organisationAmount: row.organisation_amount as number | null,
    leadSource: row.lead_source as string | null,
    attributionActivation: row.attribution_activation as EngagementId | null,
    attributionRule: row.attribution_rule as string | null,
  }
}

async function amountsOf(ask: Ask, id: string): Promise<AccountAmount[]> {
  const rows = await ask(
    `select case when won then 'won' when closed then 'lost' else 'open' end as state, currency,
            count(*) as opportunities, sum(amount)::BIGINT as amount, sum(organisation_amount)::BIGINT as organisation_amount
     from opportunities where account = $id and not deleted
     group by all order by state, currency`,
    { id },
  )
  return rows.map((row) => ({
    state: row.state as AccountAmount['state'],
    currency: row.currency as string,
    opportunities: row.opportunities as number,
    amount: row.amount as number | null,
    organisationAmount: row.organisation_amount as number | null,
  }))
}

async function engagementsOf(ask: Ask, id: string): Promise<Pick<AccountStory, 'engagements' | 'months'>> {
  const rows = await ask(
    `select strftime(occurred_on, '%Y-%m') as month,
            count(*) filter (record_type = 'Activation') as activations,
            count(*) filter (record_type <> 'Activation') as influencing
     from engagements where not voided and ${OF_ACCOUNT} group by month order by month`,
    { id },
  )
  const months = rows.map((row) => ({
    month: row.month as string,
    activations: row.activations as number,
    influencing: row.influencing as number,
  }))
  return { months, engagements: months.reduce((sum, one) => sum + one.activations + one.influencing, 0) }
}

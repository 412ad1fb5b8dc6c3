import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { type FilterField, filterConditions } from './filters.ts'
import { described, LIST_TAKES, type ListColumn, offered } from './list.ts'
import { missingAmounts, NO_VALUE, ownerName, select } from './selection.ts'

const COLUMNS: readonly ListColumn[] = [
  { key: 'account', label: 'Account', type: 'id', sql: 'id' },
  { key: 'title', label: 'Name', type: 'text', sql: 'name' },
  { key: 'owner', label: 'Owner', type: 'text', sql: 'owner' },
  { key: 'industry', label: 'Industry', type: 'text', sql: 'industry' },
  { key: 'people', label: 'People', type: 'count', sql: 'people' },
  { key: 'engagements', label: 'Engagements', type: 'count', sql: 'engagements' },
  { key: 'journeys', label: 'Journeys', type: 'count', sql: 'journeys' },
  { key: 'openJourneys', label: 'Open journeys', type: 'count', sql: 'open_journeys' },
  { key: 'opportunities', label: 'Opportunities', type: 'count', sql: 'opportunities' },
  { key: 'openOpportunities', label: 'Open opportunities', type: 'count', sql: 'open_opportunities' },
  { key: 'pipeline', label: 'Open pipeline', type: 'money', sql: 'pipeline' },
  { key: 'won', label: 'Won', type: 'count', sql: 'won' },
  { key: 'wonAmount', label: 'Won amount', type: 'money', sql: 'won_amount' },
  { key: 'lastEngagement', label: 'Last engagement', type: 'day', sql: 'last_engagement' },
]

const FILTERS: readonly FilterField[] = [
  { field: 'account', type: 'text', sql: 'id', description: 'Id of the account.' },
  { field: 'name', type: 'text', sql: 'name', description: 'Its name.' },
  { field: 'owner', type: 'text', sql: 'owner', description: 'Name of its owner.' },
  { field: 'industry', type: 'text', sql: `coalesce(industry, '${NO_VALUE}')`, description: 'Its industry.' },
  { field: 'people', type: 'count', sql: 'people', description: 'How many people it has.' },
  { field: 'open-journeys', type: 'count', sql: 'open_journeys', description: 'How many journeys are open.' },
  {
    field: 'open-opportunities',
    type: 'count',
    sql: 'open_opportunities',
    description: 'How many opportunities are open.',
  },
  { field: 'won', type: 'count', sql: 'won', description: 'How many opportunities were won.' },
  { field: 'won-amount', type: 'money', sql: 'won_amount', description: 'What they came to.' },
  { field: 'last-engagement', type: 'day', sql: 'last_engagement', description: 'Day of the last engagement.' },
]

/** What an account's people, engagements, journeys and opportunities come to; accounts with none of them too. */
const LINES = `(
  with sums as (
    select account, sum(people) as people, sum(engagements) as engagements, sum(journeys) as journeys,
           sum(open_journeys) as open_journeys, sum(opportunities) as opportunities,
           sum(open_opportunities) as open_opportunities, sum(pipeline) as pipeline, sum(won) as won,
           sum(won_amount) as won_amount, max(last_engagement) as last_engagement
    from (
      (select account, count(*) as people from people where not deleted and account is not null group by account)
      union all by name
      (select coalesce(engagements.account, people.account) as account, count(*) as engagements,
              max(occurred_on) as last_engagement
       from engagements left join people on people.id = engagements.person
       where not voided group by all)
      union all by name
      (select coalesce(journeys.account, people.account) as account, count(*) as journeys,
              count(*) filter (completed_at is null) as open_journeys
       from journeys left join people on people.id = journeys.person
       where not voided group by all)
      union all by name
      (select account, count(*) as opportunities, count(*) filter (not closed) as open_opportunities,
              sum(organisation_amount) filter (not closed) as pipeline, count(*) filter (won) as won,
              sum(organisation_amount) filter (won) as won_amount
       from opportunities where not deleted and account is not null group by account))
    where account is not null group by account)
  select coalesce(accounts.id, sums.account) as id, coalesce(accounts.name, sums.account) as name,
         coalesce(${ownerName('accounts.owner')}, '${NO_VALUE}') as owner, accounts.industry,
         coalesce(people, 0) as people, coalesce(engagements, 0) as engagements, coalesce(journeys, 0) as journeys,
         coalesce(open_journeys, 0) as open_journeys, coalesce(opportunities, 0) as opportunities,
         coalesce(open_opportunities, 0) as open_opportunities, coalesce(pipeline, 0) as pipeline,
         coalesce(won, 0) as won, coalesce(won_amount, 0) as won_amount, last_engagement
  from accounts full join sums on sums.account = accounts.id)`

/** Accounts as a list, with what their people did and what came of it. */
export const accounts: ReportDefinition = {
  name: 'accounts',
  title: 'Accounts',
  description: 'Accounts with their people, engagements, journeys and opportunities, as they stand now.',
  takes: LIST_TAKES,
  filters: offered(FILTERS),
  defaults: { sort: 'wonAmount', descending: true, offset: 0, limit: 100 },
  columns: described(COLUMNS),
  async answer(ask, parameters, context): Promise<Answer> {
    const fieldOf = (field: string) => FILTERS.find((one) => one.field === field) as FilterField
    const { where, bindings } = select(['true', ...filterConditions(parameters, fieldOf)], parameters, {
      limit: parameters.limit ?? 100,
      offset: parameters.offset ?? 0,
    })
    const sort = COLUMNS.find((column) => column.key === parameters.sort)?.sql ?? 'id'
    const page = (bounds: string) =>
      ask(
        `select ${COLUMNS.map((column) => `${column.sql} as "${column.key}"`).join(', ')}, count(*) over () as total
         from ${LINES} as lines where ${where}
         order by ${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, id ${bounds}`,
        bindings,
      )
    const rows = await page('limit $limit offset $offset')
    // Beyond the last page there is no row to say how many there are.
    const total = rows[0]?.total ?? (await page('limit 1'))[0]?.total ?? 0
    const notes = await missingAmounts(
      ask,
      select(['not deleted', 'account is not null'], parameters),
      context.organisation.currency,
    )
    return {
      rows: rows.map(({ total: _, ...row }) => row as ReportRow),
      total: total as number,
      notes,
    }
  },
}

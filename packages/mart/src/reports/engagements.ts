import type { FilterDescription, ReportColumnType, ReportRow } from '@throughline/engine'
import { STAGES } from '../tables/stage-columns.ts'
import type { Answer, ReportContext, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS, type FilterField, filterConditions, isDimension } from './filters.ts'
import { described, LIST_TAKES, type ListColumn } from './list.ts'
import { highestStage, NO_VALUE, optionSql, ownerName, select, within } from './selection.ts'

/** The tables a line is put together from, by the letter they have in SQL; each is joined where a column needs it. */
const JOINS: readonly Readonly<{ letter: string; needs: readonly string[]; sql: string }>[] = [
  { letter: 'j', needs: [], sql: 'left join journeys as j on j.id = coalesce(e.parent, e.id)' },
  { letter: 'p', needs: [], sql: 'left join people as p on p.id = e.person' },
  { letter: 'a', needs: ['p'], sql: 'left join accounts as a on a.id = coalesce(e.account, p.account)' },
  { letter: 'o', needs: ['j'], sql: 'left join opportunities as o on o.id = j.primary_opportunity' },
]

const column = (key: string, label: string, type: ReportColumnType, sql: string, description?: string): ListColumn => ({
  key,
  label,
  type,
  sql,
  ...(description !== undefined && { description }),
})

const OF_ENGAGEMENT: readonly ListColumn[] = [
  column('engagement', 'Engagement', 'id', 'e.id'),
  column('day', 'Day', 'day', 'e.occurred_on', 'When it happened.'),
  column('recordType', 'Record type', 'text', 'e.record_type'),
  column('activationType', 'Activation type', 'text', 'e.activation_type', 'Empty for influencing engagements.'),
  column('journey', 'Journey', 'id', 'coalesce(e.parent, e.id)', 'The journey it began, or happened in.'),
  column('previous', 'Journey before', 'id', 'e.previous'),
  column('lead', 'Lead', 'id', 'e.lead'),
  column('contact', 'Contact', 'id', 'e.contact'),
  column('triggeredBy', 'Triggered by', 'text', 'e.triggered_by'),
  column('mediumInput', 'Medium from', 'text', 'e.medium_input', 'Which input supplied the medium.'),
  column('department', 'Department', 'text', 'e.department'),
  column('mediumCategory', 'Medium category', 'text', 'e.medium_category'),
  column('medium', 'Medium', 'text', 'e.medium'),
  column('source', 'Source', 'text', 'e.source'),
  column('campaign', 'Campaign', 'text', 'e.campaign'),
  column('content', 'Content', 'text', 'e.content'),
  column('term', 'Term', 'text', 'e.term'),
  column('engagementTypeCategory', 'Type category', 'text', 'e.engagement_type_category'),
  column('engagementType', 'Engagement type', 'text', 'e.engagement_type'),
  ...(['first', 'last'] as const).flatMap((click) =>
    (['medium', 'source', 'campaign', 'content', 'term'] as const).map((tag) =>
      column(
        `${click}${tag[0]?.toUpperCase()}${tag.slice(1)}`,
        `${click === 'first' ? 'First' : 'Last'} ${tag}`,
        'text',
        `e.${click}_${tag}`,
        'As it arrived.',
      ),
    ),
  ),
  column('rawEngagementType', 'Engagement type, raw', 'text', 'e.raw_engagement_type', 'As it arrived.'),
  column('rule', 'Rule', 'text', 'e.rule', 'Number of the rule that made it.'),
]

const OF_PERSON: readonly ListColumn[] = [
  column('person', 'Person', 'id', 'e.person'),
  column('personObject', 'Person is', 'text', 'p.object', '`lead` or `contact`.'),
  column('personStatus', 'Person’s status', 'text', 'p.status'),
  column('personScore', 'Person’s score', 'count', 'p.score'),
  column('personOwner', 'Person’s owner', 'text', ownerName('p.owner')),
  column('personCreated', 'Person since', 'day', 'p.created_on'),
]

const OF_ACCOUNT: readonly ListColumn[] = [
  column('account', 'Account', 'id', 'coalesce(e.account, p.account)'),
  column('accountName', 'Account name', 'text', 'a.name'),
  column('accountOwner', 'Account’s owner', 'text', ownerName('a.owner')),
  column('industry', 'Industry', 'text', 'a.industry'),
]

const OF_JOURNEY: readonly ListColumn[] = [
  column('owner', 'Owner at activation', 'text', ownerName('j.stage1_owner')),
  column(
    'stage',
    'Stage',
    'count',
    `case when j.id is not null then ${highestStage('j.')} end`,
    'The highest the journey reached.',
  ),
  ...STAGES.map((stage) => column(`stage${stage}`, `Stage ${stage} on`, 'day', `j.stage${stage}_on`)),
  column('outcome', 'Outcome', 'text', 'j.outcome'),
  column('ended', 'Ended', 'day', 'j.completed_on'),
]

const OF_OPPORTUNITY: readonly ListColumn[] = [
  column('opportunity', 'Opportunity', 'id', 'j.primary_opportunity', 'The primary opportunity of the journey.'),
  column('opportunityType', 'Part in it', 'text', 'j.primary_opportunity_type'),
  column('opportunityName', 'Opportunity name', 'text', 'o.name'),
  column('opportunityStage', 'Opportunity stage', 'text', 'o.stage'),
  column(
    'opportunityState',
    'Opportunity is',
    'text',
    "case when o.won then 'won' when o.closed then 'lost' when o.id is not null then 'open' end",
  ),
  column('opportunityOwner', 'Opportunity’s owner', 'text', ownerName('o.owner')),
  column('opportunityCreated', 'Opportunity created', 'day', 'o.created_on'),
  column('opportunityClosed', 'Opportunity closed', 'day', 'o.closed_on'),
  column(
    'opportunityAmount',
    'Opportunity amount',
    'money',
    'o.organisation_amount',
    'The same on every engagement of its journeys: not to be added up.',
  ),
]

const COLUMNS: readonly ListColumn[] = [...OF_ENGAGEMENT, ...OF_PERSON, ...OF_ACCOUNT, ...OF_JOURNEY, ...OF_OPPORTUNITY]

const DEFAULT_COLUMNS = [
  'engagement',
  'day',
  'person',
  'recordType',
  'activationType',
  'medium',
  'source',
  'campaign',
  'engagementType',
  'accountName',
  'stage',
  'opportunity',
]

const RECORD_TYPES = ['Activation', 'Influencing Engagement']

/** Every column can be filtered by, under its name with hyphens; dimensions as in all reports. */
const COLUMN_FILTERS: readonly FilterField[] = COLUMNS.map(({ key, label, type, sql }): FilterField => {
  const field = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  if (key === 'recordType') return { field, type: 'choice', choices: RECORD_TYPES, sql, description: `${label}.` }
  if (type === 'day' || type === 'count' || type === 'money') return { field, type, sql, description: `${label}.` }
  return { field, type: 'text', sql: `coalesce(${sql}, '${NO_VALUE}')`, description: `${label}.` }
}).filter(({ field }) => !DIMENSION_FILTERS.some((one) => one.field === field))

const FILTERS: readonly FilterDescription[] = [
  ...DIMENSION_FILTERS,
  ...COLUMN_FILTERS.map(({ sql: _, ...field }) => field),
]

/** Any columns of engagements, and of the person, account, journey and opportunity of each. */
export const engagements: ReportDefinition = {
  name: 'engagements',
  title: 'Engagements',
  description:
    'Engagements with any columns of their person, account, journey and opportunity; `record-type:Activation` for activations alone.',
  takes: ['from', 'to', 'columns', ...LIST_TAKES],
  filters: FILTERS,
  defaults: { columns: DEFAULT_COLUMNS, sort: 'day', descending: true, offset: 0, limit: 100 },
  columns: described(COLUMNS),
  async answer(ask, parameters, context): Promise<Answer> {
    const wanted = parameters.columns?.length ? parameters.columns : DEFAULT_COLUMNS
    const shown = [...new Set(wanted)].flatMap((key) => COLUMNS.find((one) => one.key === key) ?? [])
    const conditions = [
      'not e.voided',
      ...within('e.occurred_on', parameters),
      ...filterConditions(parameters, (field) => fieldOf(field, context)),
    ]
    const { where, bindings } = select(conditions, parameters, {
      limit: parameters.limit ?? 100,
      offset: parameters.offset ?? 0,
    })
    const sort = COLUMNS.find(({ key }) => key === parameters.sort)?.sql ?? 'e.occurred_at'
    const order = `${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, e.id`
    const found = `from engagements as e ${joinsOf([where, sort])} where ${where}`
    // The page's rows are found by what is filtered and sorted by alone, and only then read whole.
    const rows = await ask(
      `with page as materialized (
         select * from engagements where rowid in (select e.rowid ${found} order by ${order} limit $limit offset $offset))
       select ${shown.map(({ key, sql }) => `${sql} as "${key}"`).join(', ')}
       from page as e ${joinsOf([...shown.map(({ sql }) => sql), sort])} order by ${order}`,
      bindings,
    )
    const [all] = await ask(
      `select count(*) as total from engagements as e ${joinsOf([where])} where ${where}`,
      bindings,
    )
    return { rows: rows as ReportRow[], total: all?.total as number, columns: described(shown) }
  },
}

/** The joins that expressions need, in the order in which they need each other. */
function joinsOf(expressions: readonly string[]): string {
  const needed = new Set<string>()
  for (const { letter, needs } of JOINS)
    if (expressions.some((sql) => new RegExp(`\\b${letter}\\.`).test(sql)))
      for (const one of [letter, ...needs]) needed.add(one)
  return JOINS.filter(({ letter }) => needed.has(letter))
    .map(({ sql }) => sql)
    .join(' ')
}

/** A field as SQL over the joined tables. Owner and activation type are those of the journey. */
function fieldOf(field: string, context: ReportContext): Pick<FilterField, 'sql' | 'type'> {
  const own = COLUMN_FILTERS.find((one) => one.field === field)
  if (own) return own
  if (field === 'account') return { sql: `coalesce(e.account, p.account, '${NO_VALUE}')`, type: 'text' }
  if (field === 'activation-type') return { sql: `coalesce(j.activation_type, '${NO_VALUE}')`, type: 'text' }
  const timed = ['owner', 'month', 'quarter', 'fiscal-quarter', 'fiscal-year'].includes(field)
  if (timed && isDimension(field))
    return { sql: optionSql(field, { day: 'e.occurred_on', owner: 'j.stage1_owner' }, context), type: 'text' }
  return { sql: `coalesce(e.${field.replaceAll('-', '_')}, '${NO_VALUE}')`, type: 'text' }
}

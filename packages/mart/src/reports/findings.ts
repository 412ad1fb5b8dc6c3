import { FINDINGS } from '@throughline/core'
import type { ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { type FilterField, filterConditions } from './filters.ts'
import { LIST_TAKES, type ListColumn, offered } from './list.ts'
import { select, within } from './selection.ts'

type Told = 'title' | 'remedy' | 'severity' | 'owner'

/** What the catalogue says of a code, as SQL. */
function told(what: Told): string {
  const cases = Object.entries(FINDINGS).map(
    ([code, kind]) => `when '${code}' then '${kind[what].replaceAll("'", "''")}'`,
  )
  return `(case code ${cases.join(' ')} else code end)`
}

/** Tables that know whose a record is, and what they call it there. */
const KNOWN_IN = [
  ['person_records', 'record'],
  ['engagements', 'id'],
  ['interactions', 'id'],
] as const

const COLUMNS: readonly ListColumn[] = [
  { key: 'code', label: 'Code', type: 'text', sql: 'code' },
  { key: 'title', label: 'What', type: 'text', sql: told('title') },
  {
    key: 'severity',
    label: 'Severity',
    type: 'text',
    sql: told('severity'),
    description:
      '`problem`: figures are wrong until it is put right; `warning`: they may mislead; `note`: good to know.',
  },
  { key: 'owner', label: 'Whose job', type: 'text', sql: told('owner') },
  { key: 'record', label: 'Record', type: 'id', sql: 'record' },
  { key: 'person', label: 'Person', type: 'id', sql: 'person', description: 'Whose page shows the record.' },
  { key: 'detail', label: 'In words', type: 'text', sql: 'detail' },
  { key: 'day', label: 'Last seen', type: 'day', sql: 'day' },
  { key: 'times', label: 'Times', type: 'count', sql: 'times', description: 'How many facts show it.' },
  { key: 'remedy', label: 'What to do', type: 'text', sql: told('remedy') },
  { key: 'fact', label: 'Fact', type: 'id', sql: 'fact', description: 'The latest fact that shows it.' },
]

const kinds = Object.values(FINDINGS)
const some = (what: 'severity' | 'owner') => [...new Set(kinds.map((kind): string => kind[what]))]

const FILTERS: readonly FilterField[] = [
  { field: 'code', type: 'choice', choices: Object.keys(FINDINGS), sql: 'code', description: 'The kind of finding.' },
  {
    field: 'severity',
    type: 'choice',
    choices: some('severity'),
    sql: told('severity'),
    description: 'How much it matters.',
  },
  { field: 'owner', type: 'choice', choices: some('owner'), sql: told('owner'), description: 'Whose job it is.' },
  { field: 'record', type: 'text', sql: 'record', description: 'Id of the record it is about.' },
  { field: 'detail', type: 'text', sql: 'detail', description: 'What is odd, in words.' },
]

/** Every oddity in the data: a line for each kind and record. */
export const findings: ReportDefinition = {
  name: 'findings',
  title: 'Findings',
  description: 'Every oddity in the data: which record it is about, what to do, and whose job that is.',
  takes: ['from', 'to', ...LIST_TAKES],
  filters: offered(FILTERS),
  defaults: { sort: 'day', descending: true, offset: 0, limit: 100 },
  columns: COLUMNS.map(({ sql: _, ...column }) => column),
  async answer(ask, parameters): Promise<Answer> {
    const fieldOf = (field: string) => FILTERS.find((one) => one.field === field) as FilterField
    const { where, bindings } = select(
      [...within('day', parameters), ...filterConditions(parameters, fieldOf)],
      parameters,
      { limit: parameters.limit ?? 100, offset: parameters.offset ?? 0 },
    )
    const found = `(select code, record, count(*) as times, max(occurred_on) as day,
                           arg_max(detail, (occurred_at, fact)) as detail, arg_max(fact, (occurred_at, fact)) as fact
                    from findings group by code, record)`
    const sort = COLUMNS.find((column) => column.key === parameters.sort)?.sql ?? 'day'
    const order = `${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, code, record`
    const whose = (records: string) =>
      KNOWN_IN.map(
        ([table, id]) => `select ${id} as record, person from ${table} where ${id} in (select record from ${records})`,
      ).join(' union all ')
    // Whose page shows a record is looked up for the rows of the page alone, unless they are sorted by it.
    const paged = parameters.sort === 'person' ? '' : `order by ${order} limit $limit offset $offset`
    const rows = await ask(
      `with page as materialized (select * from ${found} where ${where} ${paged}),
            whose as (select record, any_value(person) as person from (${whose('page')}) group by record)
       select ${COLUMNS.map((column) => `${column.sql} as "${column.key}"`).join(', ')}
       from page left join whose using (record)
       order by ${order} ${paged === '' ? 'limit $limit offset $offset' : ''}`,
      bindings,
    )
    const [all] = await ask(`select count(*) as total from ${found} where ${where}`, bindings)
    return { rows: rows as ReportRow[], total: all?.total as number }
  },
}

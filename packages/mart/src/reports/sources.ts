import type { Dimension, ReportColumn, ReportRow } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { missingAmounts } from './selection.ts'
import { figuresOf, type Level, MEASURE_COLUMNS, MEASURES, sourceFigures } from './source-figures.ts'

const MEDIUM: ReportColumn = { key: 'medium', label: 'Medium', type: 'text' }
const SOURCE: ReportColumn = { key: 'source', label: 'Source', type: 'text' }
const OPTION: ReportColumn = { key: 'option', label: 'Option', type: 'text' }

/** A source is shown under its medium, a campaign under its source. */
const PARENTS: Readonly<Partial<Record<Dimension, readonly ('medium' | 'source')[]>>> = {
  source: ['medium'],
  campaign: ['medium', 'source'],
}

/** What each source brought: from the activation to money. [U1] */
export const sources: ReportDefinition = {
  name: 'sources',
  title: 'Sources',
  description: 'What journeys came from, what influenced them, and what came of them.',
  takes: ['from', 'to', 'view', 'by', 'option', 'where', 'withoutFallbacks', 'sort', 'descending', 'offset', 'limit'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort', by: 'medium', sort: 'activations', descending: true, offset: 0, limit: 1000 },
  columns: [MEDIUM, SOURCE, OPTION, ...MEASURE_COLUMNS],
  async answer(ask, parameters, context): Promise<Answer> {
    const by = parameters.by ?? 'medium'
    const parents = PARENTS[by] ?? []
    const levels: Level[] = [
      ...parents.map((dimension) => ({ dimension, name: dimension })),
      { dimension: by, name: 'option' },
    ]
    const names = levels.map(({ name }) => name)
    const { sql, bindings, created } = sourceFigures(parameters, context, levels, names.join(', '))
    const sort = MEASURES.find((column) => column.key === parameters.sort)?.sql ?? 'option'
    const rows = await ask(
      `select *, count(*) over () as total from (${sql})
       order by ${sort} ${parameters.descending ? 'desc' : 'asc'} nulls last, ${names.join(', ')}
       limit $limit offset $offset`,
      { ...bindings, limit: parameters.limit ?? 1000, offset: parameters.offset ?? 0 },
    )
    return {
      rows: rows.map(
        (row): ReportRow => ({
          ...Object.fromEntries(names.map((name) => [name, row[name] as string])),
          ...figuresOf(row),
        }),
      ),
      total: (rows[0]?.total as number | undefined) ?? 0,
      notes: await missingAmounts(ask, created, context.organisation.currency),
      columns: sources.columns.filter(
        (column) => (column !== MEDIUM && column !== SOURCE) || (parents as readonly string[]).includes(column.key),
      ),
    }
  },
}

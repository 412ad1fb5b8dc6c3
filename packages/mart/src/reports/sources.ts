import type { Dimension, ReportColumn } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { figuresPage, type Level, MEASURE_COLUMNS } from './source-figures.ts'

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
    return {
      ...(await figuresPage(ask, parameters, context, levels)),
      columns: sources.columns.filter(
        (column) => (column !== MEDIUM && column !== SOURCE) || (parents as readonly string[]).includes(column.key),
      ),
    }
  },
}

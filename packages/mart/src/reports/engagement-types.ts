import type { ReportColumn } from '@throughline/engine'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { figuresPage, type Level, MEASURE_COLUMNS } from './source-figures.ts'

const LEVELS: readonly Level[] = [
  { dimension: 'engagement-type-category', name: 'category' },
  { dimension: 'engagement-type', name: 'option' },
]

const LEVEL_COLUMNS: readonly ReportColumn[] = [
  { key: 'category', label: 'Category', type: 'text' },
  { key: 'option', label: 'Engagement type', type: 'text' },
]

/** What each thing that people did began, influenced and brought. [U1] */
export const engagementTypes: ReportDefinition = {
  name: 'engagement-types',
  title: 'Engagement types',
  description: 'What each thing that people did began, how often it influenced, and what came of it.',
  takes: ['from', 'to', 'view', 'where', 'withoutFallbacks', 'sort', 'descending', 'offset', 'limit'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort', sort: 'activations', descending: true, offset: 0, limit: 1000 },
  columns: [...LEVEL_COLUMNS, ...MEASURE_COLUMNS],
  answer: (ask, parameters, context): Promise<Answer> => figuresPage(ask, parameters, context, LEVELS),
}

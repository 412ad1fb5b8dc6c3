import type { ReportColumn, ReportParameters, ReportRow } from '@throughline/engine'
import { ReportError } from '@throughline/engine'
import type { Row } from '../database.ts'
import type { Answer, ReportDefinition } from './definition.ts'
import { DIMENSION_FILTERS } from './filters.ts'
import { missingAmounts } from './selection.ts'
import { figuresOf, type Level, MEASURE_COLUMNS, MEASURES, sourceFigures } from './source-figures.ts'

/** From the top down, each with its column. */
const LEVELS: readonly (Level & Readonly<{ label: string }>)[] = [
  { dimension: 'department', name: 'department', label: 'Department' },
  { dimension: 'medium-category', name: 'category', label: 'Medium category' },
  { dimension: 'medium', name: 'medium', label: 'Medium' },
  { dimension: 'source', name: 'source', label: 'Source' },
  { dimension: 'campaign', name: 'campaign', label: 'Campaign' },
]

const LEVEL_COLUMNS = LEVELS.map(({ name, label }): ReportColumn => ({ key: name, label, type: 'text' }))

/**
 * What each department, category, medium, source and campaign brought. A group's figures are the sums of those of the
 * groups under it, and the first row is all of them. [U1]
 */
export const sourceHierarchy: ReportDefinition = {
  name: 'source-hierarchy',
  title: 'Sources by hierarchy',
  description: 'What each department, medium category, medium, source and campaign brought, with subtotals.',
  takes: ['from', 'to', 'view', 'where', 'levels', 'path', 'withoutFallbacks', 'sort', 'descending', 'offset', 'limit'],
  filters: DIMENSION_FILTERS,
  defaults: { view: 'cohort', levels: 3, sort: 'activations', descending: true, offset: 0, limit: 1000 },
  columns: [
    { key: 'level', label: 'Level', type: 'count', description: '0: everything; 1: a department; 5: a campaign.' },
    ...LEVEL_COLUMNS,
    {
      key: 'groups',
      label: 'Groups under it',
      type: 'count',
      description: 'How many groups of the level below it has.',
    },
    ...MEASURE_COLUMNS,
  ],
  async answer(ask, parameters, context): Promise<Answer> {
    const { path = [] } = parameters
    if (path.length >= LEVELS.length)
      throw new ReportError(
        'source-hierarchy',
        'path',
        `"path" has ${path.length} options.`,
        `There is nothing under a campaign: give ${LEVELS.length - 1} at most.`,
      )
    // Under a path its own group comes first and the levels are counted from there.
    const depth = Math.min(LEVELS.length, path.length + (parameters.levels ?? 3))
    const shown = LEVELS.slice(0, Math.min(LEVELS.length, depth + 1))
    const names = shown.map(({ name }) => name)
    const figures = sourceFigures(parameters, context, shown, `rollup (${names.join(', ')})`)
    const level = names.map((name) => `(${name} is not null)::INTEGER`).join(' + ')
    const inside = path.map((_, i) => `${names[i]} = $path${i}`)
    const groups = await ask(
      `select *, ${level} as level from (${figures.sql}) where ${['true', ...inside].join(' and ')}`,
      { ...figures.bindings, ...Object.fromEntries(path.map((option, i) => [`path${i}`, option])) },
    )
    const rows = inOrder(groups, names, path.length, depth, parameters)
    const offset = parameters.offset ?? 0
    return {
      rows: rows.slice(offset, offset + (parameters.limit ?? 1000)),
      total: rows.length,
      notes: await missingAmounts(ask, figures.created, context.organisation.currency),
      columns: sourceHierarchy.columns.filter(({ key }) => !LEVELS.slice(depth).some(({ name }) => name === key)),
    }
  },
}

/** Each group before those under it; groups of one parent by the sorted figure, then by their names. */
function inOrder(
  groups: readonly Row[],
  names: readonly string[],
  top: number,
  depth: number,
  parameters: ReportParameters,
): ReportRow[] {
  const pathOf = (row: Row, length: number) => JSON.stringify(names.slice(0, length).map((name) => row[name]))
  const under = new Map<string, Row[]>()
  for (const row of groups) {
    const level = row.level as number
    if (level === top) continue
    const parent = pathOf(row, level - 1)
    under.set(parent, [...(under.get(parent) ?? []), row])
  }
  const rows: ReportRow[] = []
  const add = (row: Row) => {
    const level = row.level as number
    const children = under.get(pathOf(row, level)) ?? []
    rows.push({
      level,
      ...Object.fromEntries(names.slice(0, depth).map((name) => [name, row[name] as string | null])),
      groups: level === LEVELS.length ? 0 : children.length,
      ...figuresOf(row),
    })
    if (level < depth) for (const child of sorted(children, names[level] as string, parameters)) add(child)
  }
  for (const row of groups) if (row.level === top) add(row)
  return rows
}

function sorted(rows: readonly Row[], name: string, { sort, descending }: ReportParameters): Row[] {
  const column = MEASURES.some(({ key }) => key === sort) ? (sort as string) : undefined
  const figure = (row: Row) => {
    const value = column === undefined ? null : (figuresOf(row)[column] ?? null)
    return value === null ? Number.NEGATIVE_INFINITY : Number(value)
  }
  const text = (row: Row) => String(row[name])
  const sign = descending ? -1 : 1
  return rows.toSorted((a, b) => {
    const difference = column === undefined ? 0 : figure(a) - figure(b)
    if (difference !== 0 && !Number.isNaN(difference)) return sign * difference
    return text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0
  })
}

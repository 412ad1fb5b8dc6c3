import { useQuery } from '@tanstack/react-query'
import { type Report, type ReportDescription, statusQuery } from '../client.ts'
import type { Change } from '../pages/report.tsx'
import { periodOf } from '../period.ts'
import { DIMENSIONS, type Dimension, type ReportSearch } from '../search.ts'
import { Chip } from '../ui/chip.tsx'
import { Check, Choice, Segmented } from '../ui/controls.tsx'
import { PeriodPicker } from '../ui/period-picker.tsx'
import { PERIOD, takes } from './asked.ts'
import { FilterBar } from './filter-bar.tsx'

/** The days a report speaks of, where it takes any. */
export function ReportPeriod({
  description,
  search,
  today,
  set,
}: {
  description: ReportDescription
  search: ReportSearch
  today: string | null
  set: Change
}) {
  if (!takes(description, 'from')) return null
  return (
    <PeriodPicker
      search={search}
      period={periodOf(search, today, PERIOD)}
      fallback={PERIOD}
      onChange={({ range, from, to }) => set({ range, from, to })}
    />
  )
}

/** What else can be asked of a report: as much as it says it takes. */
export function ReportControls({
  description,
  search,
  report,
  set,
}: {
  description: ReportDescription
  search: ReportSearch
  report: Report | undefined
  set: Change
}) {
  const { data: status } = useQuery(statusQuery)
  const understood = report?.about.parameters ?? {}
  const can = (name: string) => takes(description, name)
  // In a list an option of a dimension is a condition; there is nothing to split.
  const lists = description.name === 'journeys' || description.name === 'opportunities'
  const by = search.by ?? (understood.by as Dimension | undefined)
  const view = search.view ?? (understood.view === 'period' ? 'period' : 'cohort')
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 empty:hidden">
      {can('view') && (
        <Segmented
          label="How journeys are counted"
          options={{ cohort: 'Cohort', period: 'Period' }}
          value={view}
          onChange={(chosen) => set({ view: chosen })}
        />
      )}
      {can('by') && !lists && (
        <Choice
          label="Split by"
          showLabel
          options={[
            ...(search.by || !understood.by ? [{ value: 'nothing', label: 'Nothing' }] : []),
            ...Object.entries(DIMENSIONS).map(([value, label]) => ({ value, label })),
          ]}
          value={by ?? 'nothing'}
          onChange={(chosen) => set({ by: chosen === 'nothing' ? undefined : chosen, option: undefined })}
        />
      )}
      {can('stage') && (
        <Choice
          label="Reached stage"
          options={[
            { value: '', label: 'Any stage' },
            ...(status?.stageLabels ?? [])
              .map((label, index) => ({ value: String(index + 1), label: `Reached ${label}` }))
              .slice(description.name === 'opportunities' ? 3 : 0),
          ]}
          value={search.stage ? String(search.stage) : ''}
          onChange={(stage) => set({ stage: stage ? Number(stage) : undefined })}
        />
      )}
      {can('state') && (
        <Choice
          label="State"
          options={[
            { value: '', label: 'Open and complete' },
            { value: 'open', label: 'Open' },
            { value: 'complete', label: 'Complete' },
            { value: 'dormant-soon', label: 'Dormant soon' },
          ]}
          value={search.state ?? ''}
          onChange={(state) => set({ state: state || undefined })}
        />
      )}
      {can('withoutFallbacks') && (
        <Check
          checked={search.fallbacks ? search.fallbacks === 'without' : view === 'cohort'}
          onChange={(on) => set({ fallbacks: on ? 'without' : 'with' })}
        >
          Leave out Opportunity Creation
        </Check>
      )}
      {search.by && search.option !== undefined && (
        <Chip onRemove={() => set({ option: undefined })}>
          {DIMENSIONS[search.by]}: {search.option}
        </Chip>
      )}
      {search.outcome && <Chip onRemove={() => set({ outcome: undefined })}>Outcome: {search.outcome}</Chip>}
      {can('where') && (
        <FilterBar
          fields={description.filters}
          where={search.where}
          currency={status?.currency ?? 'USD'}
          onChange={(where) => set({ where })}
        />
      )}
    </div>
  )
}

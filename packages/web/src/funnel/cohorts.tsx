import { useQuery } from '@tanstack/react-query'
import { CohortHeatmap } from '../charts/cohort-heatmap.tsx'
import { csvAddress, type ReportQuery, reportQuery } from '../client.ts'
import { DIMENSIONS, type Dimension } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Card } from '../ui/card.tsx'
import { Choice, CsvLink } from '../ui/controls.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import type { PartProps } from './parts.tsx'
import { WaitingPart } from './waiting.tsx'

/** How long the spans of a cohort can be. */
const SPANS: readonly Dimension[] = ['month', 'quarter', 'fiscal-quarter', 'fiscal-year']

/** How far the journeys that began together have come. [U2] [U3] */
export function Cohorts({ asked, search, enabled, set }: PartProps) {
  const span = SPANS.find((known) => known === search.by) ?? 'month'
  const query: ReportQuery = {
    ...asked.period,
    by: span,
    ...(asked.where && { where: [...asked.where] }),
    ...(search.fallbacks && { withoutFallbacks: search.fallbacks === 'without' ? 'true' : 'false' }),
  }
  const cohorts = useQuery({ ...reportQuery('cohorts', query), enabled })
  return (
    <Loaded query={cohorts} waiting={<WaitingPart />}>
      {(report) => (
        <Card
          title="Journeys that began together"
          aside={
            <span className="flex items-center gap-2">
              <Choice
                label="Length of a cohort"
                options={SPANS.map((value) => ({ value, label: DIMENSIONS[value] }))}
                value={span}
                onChange={(by) => set({ by, compare: undefined })}
              />
              <CsvLink href={csvAddress('cohorts', query)} />
            </span>
          }
          about={<About report={report} what="By when they began, as far as they have come since" />}
        >
          {report.rows.length === 0 ? (
            <Empty title="No journeys in these days">Choose a longer period.</Empty>
          ) : (
            <CohortHeatmap report={report} />
          )}
        </Card>
      )}
    </Loaded>
  )
}

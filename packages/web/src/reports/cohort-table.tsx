import { CohortHeatmap } from '../charts/cohort-heatmap.tsx'
import type { Report } from '../client.ts'
import { Card } from '../ui/card.tsx'

/** Cohorts as a heatmap, above the table with every column. */
export function CohortTable({ report }: { report: Report }) {
  return (
    <Card title="Journeys that began together" className="mb-5">
      <CohortHeatmap report={report} />
    </Card>
  )
}

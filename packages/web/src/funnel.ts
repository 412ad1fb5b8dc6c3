import type { Report } from './client.ts'

/** One stage of a funnel. `fromPrevious` is a ratio; `medianDays` counts from the stage before. */
export type FunnelStage = Readonly<{
  stage: number
  label: string
  journeys: number
  fromPrevious: number | null
  fromFirst: number | null
  medianDays: number | null
}>

/** A funnel report's rows, one funnel for each option of its dimension, in the report's order. */
export function funnelsIn(report: Report): readonly Readonly<{ option: string; stages: readonly FunnelStage[] }>[] {
  const funnels = new Map<string, FunnelStage[]>()
  for (const row of report.rows) {
    const option = String(row.option ?? '')
    const stages = funnels.get(option) ?? []
    stages.push({
      stage: Number(row.stage),
      label: String(row.label),
      journeys: Number(row.journeys),
      fromPrevious: row.fromPrevious as number | null,
      fromFirst: row.fromFirst as number | null,
      medianDays: row.medianDays as number | null,
    })
    funnels.set(option, stages)
  }
  return [...funnels].map(([option, stages]) => ({ option, stages: stages.sort((a, b) => a.stage - b.stage) }))
}

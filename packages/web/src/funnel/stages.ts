import type { Report } from '../client.ts'

/**
 * One stage of a funnel. `fromPrevious` is a ratio; `medianDays` and `meanDays` count from the stage before. From
 * stage 4 on there are opportunities, and what they are worth in minor units.
 */
export type FunnelStage = Readonly<{
  stage: number
  label: string
  journeys: number
  fromPrevious: number | null
  fromFirst: number | null
  medianDays: number | null
  meanDays: number | null
  opportunities: number | null
  amount: number | null
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
      meanDays: (row.meanDays ?? null) as number | null,
      opportunities: (row.opportunities ?? null) as number | null,
      amount: (row.amount ?? null) as number | null,
    })
    funnels.set(option, stages)
  }
  return [...funnels].map(([option, stages]) => ({ option, stages: stages.sort((a, b) => a.stage - b.stage) }))
}

/** The same stages with the mean times that the velocity report knows. [U4] */
export function withMeans(stages: readonly FunnelStage[], velocity: Report | undefined): readonly FunnelStage[] {
  return stages.map((stage) => {
    const step = velocity?.rows.find((row) => row.stage === stage.stage && row.fromStage === stage.stage - 1)
    return { ...stage, meanDays: stage.meanDays ?? ((step?.mean ?? null) as number | null) }
  })
}

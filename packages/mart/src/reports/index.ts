import { type Report, type ReportParameters, readParameters } from '@throughline/engine'
import type { DuckMart } from '../mart.ts'
import { accounts } from './accounts.ts'
import { cohorts } from './cohorts.ts'
import type { ReportContext, ReportDefinition } from './definition.ts'
import { engagementTypes } from './engagement-types.ts'
import { engagements } from './engagements.ts'
import { findings } from './findings.ts'
import { funnel } from './funnel.ts'
import { funnelDifference } from './funnel-difference.ts'
import { health } from './health.ts'
import { journeys } from './journeys.ts'
import { opportunities } from './opportunities.ts'
import { opportunitySources } from './opportunity-sources.ts'
import { outcomes } from './outcomes.ts'
import { overview } from './overview.ts'
import { owners } from './owners.ts'
import { reactivations } from './reactivations.ts'
import { sourceHierarchy } from './source-hierarchy.ts'
import { sources } from './sources.ts'
import { trend } from './trend.ts'
import { velocity } from './velocity.ts'
import { velocityDistribution } from './velocity-distribution.ts'

/** Every report, in the order a person would read them. */
export const REPORTS: readonly ReportDefinition[] = [
  overview,
  trend,
  funnel,
  sources,
  journeys,
  velocity,
  outcomes,
  health,
  findings,
  opportunities,
  accounts,
  sourceHierarchy,
  cohorts,
  funnelDifference,
  velocityDistribution,
  engagementTypes,
  owners,
  reactivations,
  opportunitySources,
  engagements,
]

/**
 * Answers a report from a world; undefined where there is no report of that name. Throws `ReportError` where a
 * parameter is not right, and `MartError` where the world is not there.
 */
export async function runReport<P extends ReportParameters>(
  mart: Pick<DuckMart, 'read'>,
  context: ReportContext,
  name: string,
  parameters: P,
  world = 'live',
): Promise<Report<P> | undefined> {
  const definition = REPORTS.find((known) => known.name === name)
  if (!definition) return undefined
  const asked = { ...definition.defaults, ...readParameters(definition, parameters) }
  return mart.read(world, async (ask, found) => {
    const answer = await definition.answer(ask, asked, context, found)
    return {
      name,
      title: definition.title,
      world,
      columns: answer.columns ?? definition.columns,
      rows: answer.rows,
      total: answer.total ?? answer.rows.length,
      notes: answer.notes ?? [],
      parameters: asked as P,
      currency: context.organisation.currency,
      asOf: found.asOf,
      rulesVersion: found.rulesVersion ?? 0,
    }
  })
}

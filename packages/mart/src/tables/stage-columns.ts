import type { Engagement, Stamp } from '@throughline/core'
import type { ClusterContext } from '../cluster-context.ts'
import { type ColumnOf, columnsOf } from '../table.ts'

/** The six stages by number. */
export const STAGES = [1, 2, 3, 4, 5, 6] as const
export type StageNumber = (typeof STAGES)[number]

/** Date, owner and certainty of one stage. */
export function stageColumns<R>(
  stage: StageNumber,
  stampOf: (record: R, find: ClusterContext) => Stamp | null,
): ColumnOf<R>[] {
  const col = columnsOf<R>()
  return [
    col(`stage${stage}_at`, 'BIGINT', `When stage ${stage} was reached.`, (r, c) => stampOf(r, c)?.at ?? null),
    col(`stage${stage}_on`, 'DATE', 'The same as a day.', (r, c) => c.dayOf(stampOf(r, c)?.at ?? null)),
    col(`stage${stage}_owner`, 'VARCHAR', 'User or queue who had it then.', (r, c) => stampOf(r, c)?.owner ?? null),
    col(
      `stage${stage}_inferred`,
      'VARCHAR',
      'Why the moment is an inference; null where it is known.',
      (r, c) => stampOf(r, c)?.inferred ?? null,
    ),
    col(`stage${stage}_filled`, 'BOOLEAN', 'The stage was skipped and took the date of a later one.', (r, c) => {
      const stamp = stampOf(r, c)
      return stamp ? stamp.filled === true : null
    }),
  ]
}

/** What brought a journey: the values of its activation, for slicing without a join. First click throughout. */
export function sourceColumns<R>(
  activationOf: (record: R, find: ClusterContext) => Engagement | undefined,
): ColumnOf<R>[] {
  const col = columnsOf<R>()
  return [
    col('medium', 'VARCHAR', 'Medium of the activation.', (r, c) => activationOf(r, c)?.first.medium ?? null),
    col('source', 'VARCHAR', 'Source of the activation.', (r, c) => activationOf(r, c)?.first.source ?? null),
    col('campaign', 'VARCHAR', 'Campaign of the activation.', (r, c) => activationOf(r, c)?.first.campaign ?? null),
    col('engagement_type', 'VARCHAR', 'What the person did.', (r, c) => activationOf(r, c)?.engagementType ?? null),
    col('triggered_by', 'VARCHAR', 'What made the activation.', (r, c) => activationOf(r, c)?.triggeredBy ?? null),
  ]
}

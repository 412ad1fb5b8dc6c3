import type { Engagement, Reporting, Stamp } from '@throughline/core'
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

/** What a journey or opportunity is credited to: the values of its activation, for slicing without a join. */
export function sourceColumns<R>(
  activationOf: (record: R, find: ClusterContext) => Engagement | undefined,
): ColumnOf<R>[] {
  const col = columnsOf<R>()
  return [
    ...reportingColumns<R>((r, c) => activationOf(r, c)?.reporting),
    col('triggered_by', 'VARCHAR', 'What made the activation.', (r, c) => activationOf(r, c)?.triggeredBy ?? null),
  ]
}

/** Values as reports show them, by the mapping and of the click the rules name; raw ones are on the engagements. [Q1] */
export function reportingColumns<R>(
  reportingOf: (record: R, find: ClusterContext) => Reporting | undefined,
): ColumnOf<R>[] {
  const col = columnsOf<R>()
  const text = (name: string, comment: string, key: keyof Reporting) =>
    col(name, 'VARCHAR', comment, (r, c) => reportingOf(r, c)?.[key] ?? null)
  return [
    text('department', 'Department the medium belongs to; `Unmapped` where no rule says.', 'department'),
    text('medium_category', 'Category of the medium; `Unmapped` where no rule says.', 'mediumCategory'),
    text('medium', 'Medium, as reported.', 'medium'),
    text('source', 'Source, as reported.', 'source'),
    text('campaign', 'Campaign, as reported.', 'campaign'),
    text('engagement_type', 'What the person did, as reported.', 'engagementType'),
    text('engagement_type_category', 'Category of that; `Unmapped` where no rule says.', 'engagementTypeCategory'),
  ]
}

import type { Interaction } from '@throughline/core'
import { columnsOf, table } from '../table.ts'

const interaction = columnsOf<Interaction>()
export const interactions = table<Interaction>(
  'interactions',
  'Recorded touches, whether or not they became engagements.',
  (d) => d.interactions,
  [
    interaction('id', 'VARCHAR', '`int:` and the id of the fact.', (i) => i.id),
    interaction('person', 'VARCHAR', 'Person.', (i) => i.person),
    interaction('occurred_at', 'BIGINT', 'When it happened.', (i) => i.at),
    interaction('occurred_on', 'DATE', 'The same as a day.', (i, c) => c.dayOf(i.at)),
    interaction('recorded_at', 'BIGINT', 'When the source recorded it.', (i) => i.recordedAt),
    interaction('kind', 'VARCHAR', 'How it came about.', (i) => i.kind),
    interaction('label', 'VARCHAR', 'What it was, in a few words.', (i) => i.label),
    interaction('medium', 'VARCHAR', 'Medium.', (i) => i.medium),
    interaction('source', 'VARCHAR', 'Source.', (i) => i.source),
    interaction('campaign', 'VARCHAR', 'Campaign.', (i) => i.campaign),
    interaction('engagement', 'VARCHAR', 'Engagement it became; null where it made none.', (i) => i.engagement),
    interaction('rule', 'VARCHAR', 'Rule that decided.', (i) => i.because.rule),
    interaction('fact', 'VARCHAR', 'Fact.', (i) => i.because.fact),
  ],
)

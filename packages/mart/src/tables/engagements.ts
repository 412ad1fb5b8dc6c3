import type { Engagement } from '@throughline/core'
import { columnsOf, table } from '../table.ts'
import { reportingColumns } from './stage-columns.ts'

const engagement = columnsOf<Engagement>()
export const engagements = table<Engagement>(
  'engagements',
  'Interactions that matter: activations and influencing engagements.',
  (d) => d.engagements,
  [
    engagement('id', 'VARCHAR', '`eng:` and the id of the fact that caused it.', (e) => e.id),
    engagement('record_type', 'VARCHAR', '`Activation` or `Influencing Engagement`.', (e) => e.recordType),
    engagement(
      'activation_type',
      'VARCHAR',
      'Why the journey began; null on influencing engagements.',
      (e) => e.activationType,
    ),
    engagement(
      'person',
      'VARCHAR',
      'Person; null on the fallback activation of an opportunity without contact roles.',
      (e) => e.person,
    ),
    engagement('lead', 'VARCHAR', 'Lead it was made on; kept after conversion.', (e) => e.lead),
    engagement('contact', 'VARCHAR', 'Contact it was made on, or that its lead became.', (e) => e.contact),
    engagement('account', 'VARCHAR', 'Account of the contact or opportunity.', (e) => e.account),
    engagement('parent', 'VARCHAR', 'Activation whose journey it influenced; null on activations.', (e) => e.parent),
    engagement(
      'previous',
      'VARCHAR',
      'Journey the same person had before; null on influencing engagements.',
      (e) => e.previous,
    ),
    engagement('triggered_by', 'VARCHAR', 'What made it.', (e) => e.triggeredBy),
    engagement('medium_input', 'VARCHAR', 'Which input supplied the medium.', (e) => e.mediumInput),
    engagement('occurred_at', 'BIGINT', 'When the interaction happened.', (e) => e.at),
    engagement('occurred_on', 'DATE', 'The same as a day.', (e, c) => c.dayOf(e.at)),
    engagement('recorded_at', 'BIGINT', 'When the source recorded it.', (e) => e.recordedAt),
    engagement('first_medium', 'VARCHAR', 'Medium of the first click.', (e) => e.first.medium ?? null),
    engagement('first_source', 'VARCHAR', 'Source of the first click.', (e) => e.first.source ?? null),
    engagement('first_campaign', 'VARCHAR', 'Campaign of the first click.', (e) => e.first.campaign ?? null),
    engagement('first_content', 'VARCHAR', 'Content of the first click.', (e) => e.first.content ?? null),
    engagement('first_term', 'VARCHAR', 'Term of the first click.', (e) => e.first.term ?? null),
    engagement('last_medium', 'VARCHAR', 'Medium of the last click.', (e) => e.last.medium ?? null),
    engagement('last_source', 'VARCHAR', 'Source of the last click.', (e) => e.last.source ?? null),
    engagement('last_campaign', 'VARCHAR', 'Campaign of the last click.', (e) => e.last.campaign ?? null),
    engagement('last_content', 'VARCHAR', 'Content of the last click.', (e) => e.last.content ?? null),
    engagement('last_term', 'VARCHAR', 'Term of the last click.', (e) => e.last.term ?? null),
    engagement('raw_engagement_type', 'VARCHAR', 'What the person did, as it arrived.', (e) => e.engagementType),
    ...reportingColumns<Engagement>((e) => e.reporting),
    engagement('content', 'VARCHAR', 'Content, as reported.', (e) => e.reporting.content),
    engagement('term', 'VARCHAR', 'Term, as reported.', (e) => e.reporting.term),
    engagement('backdated', 'BOOLEAN', 'Its date lies inside an earlier journey of the person.', (e) => e.backdated),
    engagement(
      'voided',
      'BOOLEAN',
      'A fallback that a real activation took the place of: kept for audit, never counted.',
      (e) => e.voided,
    ),
    engagement('rule', 'VARCHAR', 'Rule that made it.', (e) => e.because.rule),
    engagement('fact', 'VARCHAR', 'Fact that set it off.', (e) => e.because.fact),
  ],
)

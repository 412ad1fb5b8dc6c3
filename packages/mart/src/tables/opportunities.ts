import { type Opportunity, parseDay } from '@throughline/core'
import { columnsOf, table } from '../table.ts'
import { sourceColumns, stageColumns } from './stage-columns.ts'

const opportunity = columnsOf<Opportunity>()
export const opportunities = table<Opportunity>(
  'opportunities',
  'Opportunities with the journey they are credited to.',
  (d) => d.opportunities,
  [
    opportunity('id', 'VARCHAR', 'Source id.', (o) => o.id),
    opportunity('name', 'VARCHAR', 'Name in the source.', (o) => o.name),
    opportunity('account', 'VARCHAR', 'Account.', (o) => o.account),
    opportunity('owner', 'VARCHAR', 'User or queue who owns it.', (o) => o.owner),
    opportunity(
      'lead_source',
      'VARCHAR',
      'Lead Source as given: an input of rules, not a report dimension.',
      (o) => o.leadSource,
    ),
    opportunity('stage', 'VARCHAR', 'Stage as the source spells it.', (o) => o.stage),
    opportunity('probability', 'DOUBLE', 'Percent, 0 to 100.', (o) => o.probability),
    opportunity('closed', 'BOOLEAN', 'Closed, won or lost.', (o) => o.closed),
    opportunity('won', 'BOOLEAN', 'Closed and won.', (o) => o.won),
    opportunity('created_at', 'BIGINT', 'When it was created.', (o) => o.createdAt),
    opportunity('created_on', 'DATE', 'The same as a day.', (o, c) => c.dayOf(o.createdAt)),
    opportunity('closed_at', 'BIGINT', 'When it was last closed; null while open.', (o) => o.closedAt),
    opportunity('closed_on', 'DATE', 'The same as a day.', (o, c) => c.dayOf(o.closedAt)),
    opportunity('close_date', 'DATE', 'Close date as the source gives it; null where that is no day.', (o) =>
      o.closeDate === null ? null : (parseDay(o.closeDate) ?? null),
    ),
    opportunity('amount', 'BIGINT', 'Minor units of `currency`.', (o) => o.amount),
    opportunity('currency', 'VARCHAR', 'ISO 4217.', (o) => o.currency),
    opportunity(
      'organisation_amount',
      'BIGINT',
      'Minor units of the organisation’s currency; null without an amount or a rate.',
      (o) => o.organisationAmount,
    ),
    opportunity('attribution_activation', 'VARCHAR', 'Activation it is credited to.', (o) => o.attributionActivation),
    opportunity('attribution_contact', 'VARCHAR', 'Contact of that activation.', (o) => o.attributionContact),
    opportunity('attribution_rule', 'VARCHAR', 'Rule that chose it.', (o) => o.attributionBecause?.rule ?? null),
    opportunity(
      'attribution_fact',
      'VARCHAR',
      'Fact that set the choice off.',
      (o) => o.attributionBecause?.fact ?? null,
    ),
    opportunity(
      'activation_type',
      'VARCHAR',
      'Why the credited journey began.',
      (o, c) => c.engagement(o.attributionActivation)?.activationType ?? null,
    ),
    ...([1, 2, 3] as const).flatMap((stage) =>
      stageColumns<Opportunity>(stage, (o, c) => c.journey(o.attributionActivation)?.stages[stage - 1] ?? null),
    ),
    ...([4, 5, 6] as const).flatMap((stage) => stageColumns<Opportunity>(stage, (o) => o.stages[stage - 4] ?? null)),
    ...sourceColumns<Opportunity>((o, c) => c.engagement(o.attributionActivation)),
    opportunity('contact_roles', 'INTEGER', 'How many contacts have a role on it.', (o) => o.contactRoles.length),
    opportunity('deleted', 'BOOLEAN', 'Deleted in the source: never counted.', (o) => o.deleted),
  ],
)

type Role = Readonly<{ opportunity: string; of: Opportunity['contactRoles'][number] }>
const role = columnsOf<Role>()
export const contactRoles = table<Role>(
  'contact_roles',
  'Who has which role on which opportunity.',
  (d) => d.opportunities.flatMap((o) => o.contactRoles.map((of) => ({ opportunity: o.id, of }))),
  [
    role('opportunity', 'VARCHAR', 'Opportunity.', (r) => r.opportunity),
    role('contact', 'VARCHAR', 'Contact.', (r) => r.of.contact),
    role('role', 'VARCHAR', 'Role as the source spells it.', (r) => r.of.role),
    role('is_primary', 'BOOLEAN', 'Marked as the primary contact in the source.', (r) => r.of.primary),
    role('added_at', 'BIGINT', 'When the contact was added.', (r) => r.of.at),
  ],
)

import {
  type Derivation,
  type Engagement,
  type Finding,
  type Interaction,
  type Journey,
  type Opportunity,
  type Person,
  parseDay,
  type Stamp,
} from '@throughline/core'
import { type ColumnOf, columnsOf, type Table, table } from './table.ts'

/** The six stages by number. */
export const STAGES = [1, 2, 3, 4, 5, 6] as const
export type StageNumber = (typeof STAGES)[number]

const person = columnsOf<Person>()
const people = table<Person>(
  'people',
  'One row for each person, however many lead and contact records they have.',
  (d) => d.people,
  [
    person('id', 'VARCHAR', 'Key of the first record the person appeared as.', (p) => p.id),
    person('account', 'VARCHAR', 'Account of the person.', (p) => p.account),
    person('owner', 'VARCHAR', 'User or queue who owns the person.', (p) => p.owner),
    person('status', 'VARCHAR', 'Status as the source spells it.', (p) => p.status),
    person('score', 'DOUBLE', 'Latest score.', (p) => p.score),
    person('object', 'VARCHAR', '`lead` until a contact record exists, then `contact`.', (p) => p.object),
    person('current_activation', 'VARCHAR', 'Activation of the current journey.', (p) => p.currentActivation),
    person(
      'dormant',
      'BOOLEAN',
      'The current journey is complete: the next interaction starts a new one.',
      (p) => p.dormant,
    ),
    person('created_at', 'BIGINT', 'When the first record was created.', (p) => p.createdAt),
    person('created_on', 'DATE', 'The same as a day.', (p, c) => c.dayOf(p.createdAt)),
    person('deleted', 'BOOLEAN', 'All records were deleted in the source.', (p) => p.deleted),
  ],
)

type PersonRecord = Readonly<{ record: string; person: string }>
const record = columnsOf<PersonRecord>()
const personRecords = table<PersonRecord>(
  'person_records',
  'Which lead and contact records are which person.',
  (d) =>
    d.people.flatMap((p) => [
      ...p.leads.map((lead) => ({ record: `lead:${lead}`, person: p.id })),
      ...p.contacts.map((contact) => ({ record: `contact:${contact}`, person: p.id })),
    ]),
  [
    record('record', 'VARCHAR', 'Record key: `lead:…` or `contact:…`.', (r) => r.record),
    record('person', 'VARCHAR', 'Person it belongs to.', (r) => r.person),
  ],
)

const engagement = columnsOf<Engagement>()
const engagements = table<Engagement>(
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
    engagement('engagement_type', 'VARCHAR', 'What the person did.', (e) => e.engagementType),
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

/** Date, owner and certainty of one stage. */
function stageColumns<R>(stage: StageNumber, stampOf: (record: R, find: Find) => Stamp | null): ColumnOf<R>[] {
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

type Find = Parameters<ColumnOf<unknown>['of']>[1]

/** What brought a journey: the values of its activation, for slicing without a join. First click throughout. */
function sourceColumns<R>(activationOf: (record: R, find: Find) => Engagement | undefined): ColumnOf<R>[] {
  const col = columnsOf<R>()
  return [
    col('medium', 'VARCHAR', 'Medium of the activation.', (r, c) => activationOf(r, c)?.first.medium ?? null),
    col('source', 'VARCHAR', 'Source of the activation.', (r, c) => activationOf(r, c)?.first.source ?? null),
    col('campaign', 'VARCHAR', 'Campaign of the activation.', (r, c) => activationOf(r, c)?.first.campaign ?? null),
    col('engagement_type', 'VARCHAR', 'What the person did.', (r, c) => activationOf(r, c)?.engagementType ?? null),
    col('triggered_by', 'VARCHAR', 'What made the activation.', (r, c) => activationOf(r, c)?.triggeredBy ?? null),
  ]
}

/** The opportunity whose stages and money a journey shows: its primary one, where it attributes that. [G13] */
function attributed(journey: Journey, find: Find): Opportunity | undefined {
  return journey.primaryOpportunityType === 'Attribution Activation'
    ? find.opportunity(journey.primaryOpportunity)
    : undefined
}

const journey = columnsOf<Journey>()
const journeys = table<Journey>('journeys', 'What followed from each activation.', (d) => d.journeys, [
  journey('id', 'VARCHAR', 'Id of the activation.', (j) => j.id),
  journey(
    'person',
    'VARCHAR',
    'Person; null on the fallback activation of an opportunity without contact roles.',
    (j) => j.person,
  ),
  journey('account', 'VARCHAR', 'Account of the activation.', (j, c) => c.engagement(j.id)?.account ?? null),
  journey('activation_type', 'VARCHAR', 'Why the journey began.', (j) => j.activationType),
  ...STAGES.flatMap((stage) => stageColumns<Journey>(stage, (j) => j.stages[stage - 1] ?? null)),
  journey('completed_at', 'BIGINT', 'When the journey ended; null while open.', (j) => j.completion?.at ?? null),
  journey('completed_on', 'DATE', 'The same as a day.', (j, c) => c.dayOf(j.completion?.at ?? null)),
  journey('outcome', 'VARCHAR', 'How it ended.', (j) => j.completion?.outcome ?? null),
  journey('outcome_rule', 'VARCHAR', 'Rule that ended it.', (j) => j.completion?.because.rule ?? null),
  journey(
    'outcome_inferred',
    'VARCHAR',
    'Why the moment of its end is an inference.',
    (j) => j.completion?.inferred ?? null,
  ),
  journey('primary_opportunity', 'VARCHAR', 'Opportunity that controls how it ends.', (j) => j.primaryOpportunity),
  journey(
    'primary_opportunity_type',
    'VARCHAR',
    '`Attribution Activation` or `Influencing Activation`.',
    (j) => j.primaryOpportunityType,
  ),
  journey('dormant_at', 'BIGINT', 'When dormancy would end it if nothing more happened.', (j) => j.dormantAt),
  journey('dormant_on', 'DATE', 'The same as a day.', (j, c) => c.dayOf(j.dormantAt)),
  ...sourceColumns<Journey>((j, c) => c.engagement(j.id)),
  journey(
    'opportunity_amount',
    'BIGINT',
    'Amount of the opportunity it attributes, in minor units of the organisation’s currency.',
    (j, c) => attributed(j, c)?.organisationAmount ?? null,
  ),
  journey(
    'opportunity_closed',
    'BOOLEAN',
    'The opportunity it attributes is closed.',
    (j, c) => attributed(j, c)?.closed ?? null,
  ),
  journey(
    'opportunity_won',
    'BOOLEAN',
    'The opportunity it attributes is won.',
    (j, c) => attributed(j, c)?.won ?? null,
  ),
  journey('voided', 'BOOLEAN', 'A fallback that a real activation took the place of: never counted.', (j) => j.voided),
])

const opportunity = columnsOf<Opportunity>()
const opportunities = table<Opportunity>(
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
const contactRoles = table<Role>(
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

const interaction = columnsOf<Interaction>()
const interactions = table<Interaction>(
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

const finding = columnsOf<Finding>()
const findings = table<Finding>('findings', 'Oddities in the data that a person should look at.', (d) => d.findings, [
  finding('code', 'VARCHAR', 'What kind of oddity.', (f) => f.code),
  finding('record', 'VARCHAR', 'Record it is about.', (f) => f.record),
  finding('fact', 'VARCHAR', 'Fact that shows it.', (f) => f.fact),
  finding('occurred_at', 'BIGINT', 'When.', (f) => f.at),
  finding('detail', 'VARCHAR', 'What is odd, in one sentence.', (f) => f.detail),
])

const mention = columnsOf<string>()
const mentions = table<string>('mentions', 'Directory entries that were looked up for a cluster.', (d) => d.mentions, [
  mention('key', 'VARCHAR', '`user:…`, `campaign:…` or `account:…`.', (key) => key),
])

const wake = columnsOf<number>()
const wakes = table<number>(
  'wakes',
  'When the passing of time alone next changes something in a cluster.',
  (d: Derivation) => (d.wakeAt === null ? [] : [d.wakeAt]),
  [wake('wake_at', 'BIGINT', 'That moment.', (at) => at)],
)

/** Every table that is derived from clusters. */
export const TABLES: readonly Table[] = [
  people,
  personRecords,
  engagements,
  journeys,
  opportunities,
  contactRoles,
  interactions,
  findings,
  mentions,
  wakes,
]

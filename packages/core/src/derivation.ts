import type { Corrected } from './corrections.ts'
import type { Day, FactId, Inferred, Instant, PersonKey, Tags, UserId } from './facts.ts'
import type { Reporting } from './mapping.ts'

/** The number of a rule in SPEC.md, such as `A5`. */
export type RuleId = string

/** Which numbered rule made something so, and the fact that set it off. */
export type Because = Readonly<{ rule: RuleId; fact: FactId }>

/** A person's id: the key of the first record they appeared as. Conversion and merges do not change it. */
export type PersonId = PersonKey

/** An engagement's id: `eng:` and the id of the fact that caused it. A journey has its activation's id. */
export type EngagementId = `eng:${string}`

export type ActivationType = 'Original Activation' | 'Reactivated Lead' | 'Reactivated Contact' | 'Opportunity Creation'

export type TriggeredBy =
  | 'Lead Created'
  | 'Contact Created'
  | 'Lead Processing Fields'
  | 'Contact Processing Fields'
  | 'Campaign Member'
  | 'Task'
  | 'Opportunity Contact Role'
  | 'Opportunity Fallback'
  | 'Status Change'

/** Which input supplied the medium. */
export type MediumInput =
  | 'FC Processing'
  | 'LC Processing'
  | 'Lead Source'
  | 'Opportunity Lead Source'
  | 'System Default'
  | 'Contact Role Creator'
  | 'Task Rule'
  | 'Campaign Fields'
  | 'Data Correction'
  | 'Status Change'

/**
 * An interaction that matters. As an `Activation` it starts a journey (see `Journey`, which has the same
 * id); as an `Influencing Engagement` it happened inside the journey of its `parent`.
 */
export type Engagement = Readonly<{
  id: EngagementId
  recordType: 'Activation' | 'Influencing Engagement'
  /** Null on influencing engagements. */
  activationType: ActivationType | null
  /** Null only on the fallback activation of an opportunity nobody has a role on. */
  person: PersonId | null
  /** The lead it was made on; kept when the lead is converted. */
  lead: string | null
  /** The contact it was made on, or that its lead became. */
  contact: string | null
  account: string | null
  /** The activation whose journey this one influenced. Null on activations. */
  parent: EngagementId | null
  /** The journey the same person had before. Null on influencing engagements. */
  previous: EngagementId | null
  triggeredBy: TriggeredBy
  mediumInput: MediumInput | null
  /** When the interaction happened. */
  at: Instant
  /** When the source recorded it. */
  recordedAt: Instant
  /** Raw values: first click, last click, and what the person did. Only corrections change them. [R1] */
  first: Tags
  last: Tags
  engagementType: string | null
  /** What the raw values were before corrections changed them; null where none did. */
  corrected: Corrected | null
  /** The same values as reports show them, by the mapping in force. [Q1] */
  reporting: Reporting
  /** Its date lies inside an earlier journey of the same person. [Z16] */
  backdated: boolean
  /** When a merge turned it from an activation, which reports may have counted, into an influence; null: never. [Z33] */
  demotedFromActivationAt: Instant | null
  /** A fallback activation that a real one took the place of: kept for audit, left out of counts. [N5] */
  voided: boolean
  because: Because
}>

/** A stage reached: when, whose it was, and why. */
export type Stamp = Readonly<{
  at: Instant
  owner: UserId | null
  because: Because
  /** Set where the moment itself is an inference; see `Inferred`. */
  inferred?: Inferred
  /** The stage was skipped and took the date of a later one. [G6] [G7] */
  filled?: true
}>

export type Completion = Readonly<{ at: Instant; outcome: string; because: Because; inferred?: Inferred }>

/** What followed from one activation. `stages[0]` is stage 1; an absent stage was not reached. */
export type Journey = Readonly<{
  /** The activation's id. */
  id: EngagementId
  person: PersonId | null
  activationType: ActivationType
  /** Stages 1 to 3, and 4 to 6 where this is the attribution activation of its primary opportunity. [G13] */
  stages: readonly [Stamp, Stamp | null, Stamp | null, Stamp | null, Stamp | null, Stamp | null]
  /** Null while the journey is open. */
  completion: Completion | null
  primaryOpportunity: string | null
  primaryOpportunityType: 'Attribution Activation' | 'Influencing Activation' | null
  /** When dormancy would end it if nothing more happened; null where it would not. */
  dormantAt: Instant | null
  voided: boolean
}>

export type Opportunity = Readonly<{
  id: string
  name: string | null
  account: string | null
  owner: UserId
  leadSource: string | null
  stage: string | null
  probability: number | null
  closed: boolean
  won: boolean
  createdAt: Instant
  /** When it was last closed; null while open. */
  closedAt: Instant | null
  closeDate: Day | null
  /** Integer minor units of `currency`. */
  amount: number | null
  currency: string
  /** `amount` in minor units of the organisation's currency; null without an amount or a rate. */
  organisationAmount: number | null
  attributionActivation: EngagementId | null
  attributionContact: string | null
  /** Why that activation: rule and fact. */
  attributionBecause: Because | null
  /** Stages 4 to 6. */
  stages: readonly [Stamp, Stamp | null, Stamp | null]
  contactRoles: readonly Readonly<{ contact: string; role: string | null; primary: boolean; at: Instant }>[]
  deleted: boolean
}>

export type Person = Readonly<{
  id: PersonId
  leads: readonly string[]
  contacts: readonly string[]
  account: string | null
  owner: UserId
  status: string | null
  score: number | null
  /** Lead until a contact record exists. */
  object: 'lead' | 'contact'
  currentActivation: EngagementId | null
  /** The current activation's journey is complete: the next interaction starts a new one. */
  dormant: boolean
  createdAt: Instant
  deleted: boolean
}>

/** One recorded touch, whether or not it mattered enough to become an engagement. */
export type Interaction = Readonly<{
  /** `int:` and the id of the fact. */
  id: `int:${string}`
  person: PersonId
  at: Instant
  recordedAt: Instant
  kind: 'created' | 'form' | 'list-upload' | 'api' | 'manual' | 'campaign-member' | 'task' | 'contact-role' | 'status'
  /** What it was, in a few words. */
  label: string
  medium: string | null
  source: string | null
  campaign: string | null
  /** The engagement it became; null where it made none. */
  engagement: EngagementId | null
  because: Because
}>

/** The kinds of findings; `FINDINGS` says what each is called and what to do about it. */
export type FindingCode =
  | 'unknown-status'
  | 'unknown-lead-source'
  | 'unknown-opportunity-stage'
  | 'unknown-person'
  | 'unknown-opportunity'
  | 'changed-before-created'
  | 'future-date-clamped'
  | 'repeated-interaction'
  | 'backdated-engagement'
  | 'disposition-with-submission'
  | 'source-missing'
  | 'several-open-journeys'
  | 'unworked-reactivation'
  | 'opportunity-without-contact-roles'
  | 'stale-open-opportunity'
  | 'second-opportunity-open'
  | 'reopened-after-new-journey'
  | 'attribution-refused'
  | 'stage-before-activation'
  | 'stages-out-of-order'
  | 'missing-rate'

/** Something odd in the data that a person should look at. */
export type Finding = Readonly<{
  code: FindingCode
  /** The record it is about: an engagement, opportunity, person or source record. */
  record: string
  fact: FactId
  at: Instant
  /** What is odd, in one sentence. */
  detail: string
}>

/** Everything that follows from one cluster's facts, and nothing that does not. Each list is in a fixed order. */
export type Derivation = Readonly<{
  people: readonly Person[]
  engagements: readonly Engagement[]
  journeys: readonly Journey[]
  opportunities: readonly Opportunity[]
  interactions: readonly Interaction[]
  findings: readonly Finding[]
  /** When the passing of time alone would next change something; null: never. */
  wakeAt: Instant | null
  /** Directory entries that were looked up, found or not: if one changes, this must be derived again. */
  mentions: readonly string[]
}>

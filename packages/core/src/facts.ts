/**
 * The words, and everything the core can be told.
 *
 * - **Fact**: something that happened, as it was reported. Appended once, never changed.
 * - **Person**: somebody we follow; one or more lead and contact records that are the same human being.
 * - **Interaction** (touchpoint): one recorded touch between a person and the company.
 * - **Engagement**: an interaction that matters. It either starts a sales journey (an *activation*)
 *   or happens inside a running one (an *influencing engagement*).
 * - **Journey**: what follows from one activation: stage stamps, and one day a completion with an outcome.
 * - **Attribution activation**: the activation an opportunity is credited to.
 * - **Primary opportunity**: the opportunity that controls how an activation's journey ends.
 * - **Finding**: something odd in the data that a person should look at. It travels with the results.
 * - **Rule**: what the company decides; numbered in SPEC.md, written down in the rules document.
 *
 * Every fact has two times. `occurredAt` is when it happened; `recordedAt` is when the system that
 * reported it learned of it. Both are milliseconds since 1970 in UTC. A list uploaded today about a trade
 * show last week has occurred last week and is recorded today.
 *
 * A fact's `id` is its key in the source, such as `salesforce/Lead/00Q…/created`, so that reporting the
 * same thing twice changes nothing. Facts carry record ids and keyed hashes; names and addresses of
 * people live beside the log (see `Profile` in the engine).
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number

/** A calendar day as `YYYY-MM-DD`, in the organisation's time zone where it was derived from an instant. */
export type Day = string

/** The key of a fact in the system it came from. Unique in the log. */
export type FactId = string

/** A record in the source: its object and its id, such as `lead:00Q…` or `opportunity:006…`. */
export type RecordKey = `${'lead' | 'contact' | 'opportunity' | 'account' | 'campaign' | 'user' | 'task'}:${string}`

/** `lead:…` or `contact:…`: the row a person appears as. */
export type PersonKey = `lead:${string}` | `contact:${string}`

/** A person's e-mail address as a keyed hash: `email:` and 32 hexadecimal digits. */
export type EmailKey = `email:${string}`

/** Source-system id of a user or a queue. */
export type UserId = string

/** What a visit was tagged with. An absent field was not given; a blank one does not occur. */
export type Tags = Readonly<{
  medium?: string
  source?: string
  campaign?: string
  content?: string
  term?: string
}>

/**
 * The values that arrived with an interaction (Integrous calls them processing fields):
 * tags of the first click and of the last click, what the person did, and when.
 */
export type Submission = Readonly<{
  first?: Tags
  last?: Tags
  /** What the person did, such as `Whitepaper - Buyer Guide`. */
  engagementType?: string
  /** When the interaction happened, if that is not when its record was made. */
  engagementAt?: Instant
}>

/** Custom field values that a company's own criteria may look at. */
export type Fields = Readonly<Record<string, string | number | boolean | null>>

/** How sure we are of `occurredAt`; absent where the source gave it. */
export type Inferred =
  /** The change is known but not its moment: the record's last modification stands in. */
  | 'last-modified'
  /** Only the day is known. */
  | 'day-only'
  /** No history was exported: taken from the record as it is now. */
  | 'current-value'

type Base = Readonly<{
  id: FactId
  occurredAt: Instant
  recordedAt: Instant
  inferred?: Inferred
}>

/** A user, or a queue that owns records until somebody does. Later facts replace earlier ones. */
export type UserRecorded = Base &
  Readonly<{ kind: 'user-recorded'; user: UserId; name: string; role?: string; queue?: boolean; active?: boolean }>

/** A campaign as it is configured. Later facts replace earlier ones. */
export type CampaignRecorded = Base &
  Readonly<{ kind: 'campaign-recorded'; campaign: string; name: string; type?: string; fields?: Fields }>

/** A company. Later facts replace earlier ones. */
export type AccountRecorded = Base &
  Readonly<{ kind: 'account-recorded'; account: string; name: string; owner?: UserId; industry?: string }>

/** Common to the first appearance of a lead and of a contact. */
type PersonCreated = Base &
  Readonly<{
    by: UserId
    owner: UserId
    status?: string
    score?: number
    leadSource?: string
    email?: EmailKey
    submission?: Submission
    fields?: Fields
  }>

export type LeadCreated = PersonCreated & Readonly<{ kind: 'lead-created'; lead: string }>

export type ContactCreated = PersonCreated & Readonly<{ kind: 'contact-created'; contact: string; account?: string }>

/** A person's status was set. `from` is what the source says it was before. */
export type StatusChanged = Base &
  Readonly<{ kind: 'status-changed'; record: PersonKey; from?: string; to: string; by?: UserId }>

/** A person or an opportunity got another owner. */
export type OwnerChanged = Base & Readonly<{ kind: 'owner-changed'; record: RecordKey; to: UserId; by?: UserId }>

export type ScoreChanged = Base & Readonly<{ kind: 'score-changed'; record: PersonKey; to: number }>

/** Other fields of a lead, contact or opportunity changed that a company's criteria may look at. */
export type FieldsChanged = Base & Readonly<{ kind: 'fields-changed'; record: RecordKey; fields: Fields; by?: UserId }>

/** A lead became a contact, and perhaps an opportunity. */
export type LeadConverted = Base &
  Readonly<{
    kind: 'lead-converted'
    lead: string
    contact: string
    account?: string
    opportunity?: string
    by?: UserId
  }>

/** Rows of one object were merged into one of them. */
export type RecordsMerged = Base &
  Readonly<{ kind: 'records-merged'; survivor: PersonKey; merged: readonly PersonKey[]; by?: UserId }>

/**
 * A known person did something: filled in a form, was on an uploaded list, called, chatted.
 * `person` may be the hash of an e-mail address when the reporter knows nothing else.
 */
export type InteractionRecorded = Base &
  Readonly<{
    kind: 'interaction-recorded'
    person: PersonKey | EmailKey
    channel: 'form' | 'list-upload' | 'api' | 'manual'
    submission: Submission
    by?: UserId
  }>

/** A person was put on a campaign, or their status in it was set. One kind for both: the first one adds. */
export type CampaignMemberSet = Base &
  Readonly<{
    kind: 'campaign-member-set'
    member: string
    campaign: string
    person: PersonKey
    status?: string
    responded?: boolean
    by?: UserId
  }>

/** A call, e-mail or other activity with a person was logged, or an existing one was changed. */
export type TaskRecorded = Base &
  Readonly<{
    kind: 'task-recorded'
    task: string
    person: PersonKey
    owner: UserId
    subject?: string
    type?: string
    status?: string
    fields?: Fields
  }>

export type OpportunityCreated = Base &
  Readonly<{
    kind: 'opportunity-created'
    opportunity: string
    name?: string
    account?: string
    by: UserId
    owner: UserId
    leadSource?: string
    stage?: string
    /** Percent, 0 to 100. */
    probability?: number
    /** Said by the source; otherwise the rules know it from the stage. */
    closed?: boolean
    won?: boolean
    closeDate?: Day
    /** Integer minor units of `currency`. */
    amount?: number
    /** ISO 4217. */
    currency?: string
    fields?: Fields
  }>

/** An opportunity's stage, probability, amount or close date was set. Absent fields did not change. */
export type OpportunityChanged = Base &
  Readonly<{
    kind: 'opportunity-changed'
    opportunity: string
    stage?: string
    probability?: number
    closed?: boolean
    won?: boolean
    closeDate?: Day
    amount?: number
    currency?: string
    by?: UserId
  }>

/** An opportunity was won or lost, as the source says in so many words. */
export type OpportunityClosed = Base &
  Readonly<{
    kind: 'opportunity-closed'
    opportunity: string
    won: boolean
    stage?: string
    closeDate?: Day
    amount?: number
    currency?: string
    by?: UserId
  }>

/** A closed opportunity is open again. */
export type OpportunityReopened = Base &
  Readonly<{ kind: 'opportunity-reopened'; opportunity: string; stage?: string; probability?: number; by?: UserId }>

export type ContactRoleAdded = Base &
  Readonly<{
    kind: 'contact-role-added'
    contactRole: string
    contact: string
    opportunity: string
    role?: string
    primary?: boolean
    by: UserId
  }>

export type ContactRoleRemoved = Base &
  Readonly<{ kind: 'contact-role-removed'; contactRole: string; contact: string; opportunity: string; by?: UserId }>

/**
 * Somebody chose by hand which activation an opportunity is credited to: the named one of that person, else the
 * person's current one. [L9]
 */
export type AttributionSet = Base &
  Readonly<{
    kind: 'attribution-set'
    opportunity: string
    person: PersonKey
    /** The activation's id, which is `eng:` and the id of the fact that made it. */
    activation?: `eng:${string}`
    reason: string
    by: UserId
  }>

/** An opportunity's attribution is to be chosen again from its contact roles. [L10] */
export type AttributionReleased = Base &
  Readonly<{ kind: 'attribution-released'; opportunity: string; reason?: string; by: UserId }>

/** A lead, contact or opportunity was deleted in the source. */
export type RecordDeleted = Base & Readonly<{ kind: 'record-deleted'; record: RecordKey; by?: UserId }>

/** What is true of the whole company rather than of some people: the directory is folded from these. */
export type DirectoryFact = UserRecorded | CampaignRecorded | AccountRecorded

/** What belongs to the people and opportunities it names. */
export type ClusterFact =
  | LeadCreated
  | ContactCreated
  | StatusChanged
  | OwnerChanged
  | ScoreChanged
  | FieldsChanged
  | LeadConverted
  | RecordsMerged
  | InteractionRecorded
  | CampaignMemberSet
  | TaskRecorded
  | OpportunityCreated
  | OpportunityChanged
  | OpportunityClosed
  | OpportunityReopened
  | ContactRoleAdded
  | ContactRoleRemoved
  | AttributionSet
  | AttributionReleased
  | RecordDeleted

export type Fact = DirectoryFact | ClusterFact
export type FactKind = Fact['kind']

/** True of facts that belong to nobody in particular. */
export function isDirectoryFact(fact: Fact): fact is DirectoryFact {
  return fact.kind === 'user-recorded' || fact.kind === 'campaign-recorded' || fact.kind === 'account-recorded'
}

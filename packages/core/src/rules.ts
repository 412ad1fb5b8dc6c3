import type { Day, Instant } from './facts.ts'
import { DEFAULT_VISIT_RULES, type VisitRules } from './visits.ts'

/**
 * What a company decides. Plain data: one document, versioned, validated at the door (the schema is in
 * the engine), handed to the core as a value. Two runs with equal rules and facts give equal results.
 */
export type Rules = Readonly<{
  organisation: Organisation
  identity: IdentityRules
  /** `occurred` reads facts by when they happened; `recorded` by when the source learned of them, as a CRM does. */
  order: 'occurred' | 'recorded'
  stages: StageRules
  /** How the source's opportunity stages are to be read where the source does not say it itself. */
  opportunityStages: readonly OpportunityStage[]
  dispositions: readonly Disposition[]
  dormancy: DormancyRules
  reactivation: ReactivationRules
  opportunityAttribution: OpportunityAttributionRules
  outcomes: Readonly<{ won: string; lost: string }>
  campaigns: readonly CampaignRule[]
  tasks: readonly TaskRule[]
  /** Raw values that were wrong, in the order they were put right. */
  corrections: readonly Correction[]
  /** How raw values are named and grouped in reports, in order. */
  mapping: readonly MappingRule[]
  reporting: ReportingRules
  /** How visits to the company's own sites are read. */
  visits: VisitRules
  interactions: Readonly<{ ignoreRepeatsWithinMs: number }>
  campaignMembers: CampaignMemberRules
  /** Whether a task makes one engagement at most for each task rule it comes to meet, or one in all. [O2] */
  taskEngagements: Readonly<{ once: 'rule' | 'task' }>
  merges: MergeRules
  findings: FindingRules
  /** Statuses the company knows. Others are processed all the same and reported as a finding. */
  statuses: Readonly<{ lead: readonly string[]; contact: readonly string[] }>
  leadSources: readonly string[]
}>

export type Organisation = Readonly<{
  name: string
  /** Calendar days, and with them every date in a report, are days in this zone. */
  zone: Zone
  /** ISO 4217 code that amounts are reported in. */
  currency: string
  /** Units of the organisation's currency for one unit of another, as decimal text, such as `{ EUR: '1.08' }`. */
  rates: Readonly<Record<string, string>>
  /** First month of the fiscal year, 1 to 12. */
  fiscalYearStart: number
}>

/**
 * A time zone as data, so that the core needs no zone database: its IANA name and the offsets from UTC,
 * each from an instant on. The first entry's instant is ignored: it holds for all earlier time too.
 */
export type Zone = Readonly<{
  name: string
  offsets: readonly (readonly [from: Instant, offsetMs: number])[]
}>

export type IdentityRules = Readonly<{
  /**
   * What an e-mail address joins. `interactions`: an interaction that names only an address belongs to the
   * person with that address, and records stay apart until they are converted or merged. `records`: records
   * with the same address are one person. `none`: addresses join nothing.
   */
  email: 'none' | 'interactions' | 'records'
}>

export type Operator =
  | 'equals'
  | 'not-equals'
  | 'in'
  | 'not-in'
  | 'contains'
  | 'starts-with'
  | 'greater-than'
  | 'at-least'
  | 'less-than'
  | 'at-most'
  | 'is-blank'
  | 'is-present'

/** One test of one field. Text compares without regard to case or surrounding blanks. */
export type Condition = Readonly<{
  field: string
  operator: Operator
  value?: string | number | boolean | readonly (string | number)[]
}>

/** Any of the sets must hold; a set holds when all its conditions do. No sets: never. */
export type Criteria = readonly (readonly Condition[])[]

/** Criteria of the stages a company may define. Stage 1 is every activation, stage 4 every opportunity. */
export type StageRules = Readonly<{
  labels: readonly [string, string, string, string, string, string]
  routed: Readonly<{ lead: Criteria; contact: Criteria }>
  accepted: Readonly<{ lead: Criteria; contact: Criteria }>
  qualified: Criteria
  won: Criteria
  /** Criteria as they were, so that new ones are not applied to what happened before them. [G15] */
  earlier: readonly EarlierStages[]
}>

/** Criteria that held until a day, which is the first they no longer hold on. What is left out was as it is now. */
export type EarlierStages = Readonly<{
  until: Day
  routed?: Readonly<{ lead?: Criteria; contact?: Criteria }>
  accepted?: Readonly<{ lead?: Criteria; contact?: Criteria }>
  qualified?: Criteria
  won?: Criteria
}>

export type OpportunityStage = Readonly<{ name: string; probability: number; closed: boolean; won: boolean }>

/** A way a lead or contact ends its journey by itself. The first that matches counts. */
export type Disposition = Readonly<{
  object: 'lead' | 'contact'
  criteria: Criteria
  outcome: string
  enabled: boolean
}>

export type DormancyRules = Readonly<{
  enabled: boolean
  days: number
  /** Minutes after midnight, in the organisation's zone, at which idle journeys are looked for each day. */
  runAtMinute: number
  outcome: Readonly<{ lead: string; contact: string }>
}>

/** What a reactivated person's status is set to, so that somebody works them. */
export type ReactivationRules = Readonly<{
  leadStatus?: string
  contactStatus?: string
  /** Statuses that start a new journey when somebody sets a dormant lead or contact to one of them; none: none does. [J13] */
  activeStatuses?: Readonly<{ lead?: readonly string[]; contact?: readonly string[] }>
}>

export type CampaignMemberRules = Readonly<{
  /** Whether a member makes one engagement at most, or one for each status. [P2] */
  once: 'member' | 'status'
  /**
   * A campaign rule's values go into the first activation of a person who was created no longer ago than this, where that
   * one knows only its Lead Source; 0: never. [P3]
   */
  absorbNewPersonSeconds: number
}>

export type MergeRules = Readonly<{
  /** A merge also ends the independence of a single open journey beside one that an opportunity is attributed to. [Z18] */
  demoteSingleCandidate: boolean
}>

/** After how many days something is worth a finding; 0: never. */
export type FindingRules = Readonly<{
  /** An open opportunity nothing happened to. [Z35] */
  staleOpportunityDays: number
  /** A reactivation without stage 2, another owner or an opportunity. [K6] */
  unworkedReactivationDays: number
}>

export type OpportunityAttributionRules = Readonly<{
  strategy: 'began-the-process' | 'primary-role-first' | 'latest-activation' | 'furthest-stage'
  /** How long after an opportunity's creation its contact roles may still arrive before the fallback applies. */
  graceMs: number
  /** A contact who comes back has the open opportunity they joined first as primary opportunity. [Z11] */
  linkExistingOpenRoles: boolean
  /** Opportunities, such as renewals, whose contact roles start no journey and are not credited. [Z28] */
  leadSourceOnly: Criteria
}>

/** What an engagement made by a rule carries. Values may hold `{Role}`, `{OwnerName}`, `{Subject}`, `{Type}`, `{Campaign}`. */
export type EngagementValues = Readonly<{
  medium?: string
  source?: string
  campaign?: string
  content?: string
  engagementType?: string
}>

/** Campaigns whose members become engagements. Fields: `name`, `type`, `id`, and the campaign's own. First match counts. */
export type CampaignRule = Readonly<{
  name: string
  criteria: Criteria
  /** Member statuses that count; empty: every status. */
  statuses: readonly string[]
  values: EngagementValues
}>

/** Tasks that become engagements. Fields: `subject`, `type`, `status`, and the task's own. First match counts. */
export type TaskRule = Readonly<{ name: string; criteria: Criteria; values: EngagementValues }>

/** A field that the mapping fills. The categories and the department are filled by it alone. */
export type MappingTarget =
  | 'medium'
  | 'medium-category'
  | 'department'
  | 'source'
  | 'campaign'
  | 'content'
  | 'term'
  | 'engagement-type'
  | 'engagement-type-category'

/**
 * How one value is named or grouped in reports. Of the rules for one field at one level the first that matches
 * counts; text compares without regard to case or surrounding blanks. [Q4]
 */
export type MappingRule = Readonly<{
  /** 1 is worked out first; each level reads what the one before it left. Absent: 1, categories 2, department 3. */
  level?: number
  target: MappingTarget
  match: 'exact' | 'starts-with' | 'contains' | 'pattern'
  /** Texts or patterns, any of which may match. The notation of patterns is described in `pattern.ts`. */
  values: readonly string[]
  output: string
  /** Must hold as well. Fields: any target as the level before left it, and `raw-medium` to `raw-engagement-type`. */
  when?: Criteria
}>

/** A raw value that can be corrected. */
export type CorrectedField =
  | `${'first' | 'last'}-${'medium' | 'source' | 'campaign' | 'content' | 'term'}`
  | 'engagement-type'

/**
 * Raw values put right, once: where a value is wrong rather than spelt in another way. It changes what was recorded
 * up to its moment, and nothing after. [R1] [R3]
 */
export type Correction = Readonly<{
  /** Its own; a second correction of that id is refused. */
  id: string
  /** Why, in words for whoever asks later. */
  reason: string
  author: string
  at: Instant
  field: CorrectedField
  /** Values to be replaced, to the letter. */
  from: readonly string[]
  /** Null takes the value away. */
  to: string | null
  /** Taken back: the original values show again. [R4] */
  revoked?: boolean
}>

/** Which click's values reports show. [Q8] */
export type ReportingRules = Readonly<{ basis: 'first' | 'last' }>

const MINUTE = 60_000

const anyOf = (field: string, ...values: string[]): Criteria => [[{ field, operator: 'in', value: values }]]

const disposition = (status: string): Disposition[] =>
  (['lead', 'contact'] as const).map((object) => ({
    object,
    criteria: anyOf('status', status),
    outcome: `${status} ${object === 'lead' ? 'Lead' : 'Contact'}`,
    enabled: true,
  }))

/** Sound defaults: the example statuses, Lead Sources and stages the field's own set-up guides recommend. */
export const DEFAULT_RULES: Rules = {
  organisation: {
    name: 'Our company',
    zone: { name: 'UTC', offsets: [[0, 0]] },
    currency: 'USD',
    rates: {},
    fiscalYearStart: 1,
  },
  identity: { email: 'interactions' },
  order: 'occurred',
  stages: {
    labels: ['Activated', 'Routed', 'Accepted', 'Opportunity', 'Qualified pipeline', 'Won'],
    routed: { lead: anyOf('status', 'Routed'), contact: anyOf('status', 'Routed') },
    accepted: { lead: anyOf('status', 'Working'), contact: anyOf('status', 'Working') },
    qualified: [[{ field: 'probability', operator: 'greater-than', value: 0 }]],
    won: [[{ field: 'won', operator: 'equals', value: true }]],
    earlier: [],
  },
  opportunityStages: [
    { name: 'Prospecting', probability: 10, closed: false, won: false },
    { name: 'Qualification', probability: 10, closed: false, won: false },
    { name: 'Needs Analysis', probability: 20, closed: false, won: false },
    { name: 'Value Proposition', probability: 50, closed: false, won: false },
    { name: 'Id. Decision Makers', probability: 60, closed: false, won: false },
    { name: 'Perception Analysis', probability: 70, closed: false, won: false },
    { name: 'Proposal/Price Quote', probability: 75, closed: false, won: false },
    { name: 'Negotiation/Review', probability: 90, closed: false, won: false },
    { name: 'Closed Won', probability: 100, closed: true, won: true },
    { name: 'Closed Lost', probability: 0, closed: true, won: false },
  ],
  dispositions: [...disposition('Disqualified'), ...disposition('No Response'), ...disposition('Recycled')],
  dormancy: {
    enabled: true,
    days: 90,
    runAtMinute: 5,
    outcome: { lead: 'Lead Dormancy', contact: 'Contact Dormancy' },
  },
  reactivation: {},
  opportunityAttribution: {
    strategy: 'began-the-process',
    graceMs: 15 * MINUTE,
    linkExistingOpenRoles: false,
    leadSourceOnly: [],
  },
  outcomes: { won: 'Won Opportunity', lost: 'Lost Opportunity' },
  campaigns: [],
  tasks: [],
  corrections: [],
  mapping: [],
  reporting: { basis: 'first' },
  visits: DEFAULT_VISIT_RULES,
  interactions: { ignoreRepeatsWithinMs: 5 * MINUTE },
  campaignMembers: { once: 'member', absorbNewPersonSeconds: 0 },
  taskEngagements: { once: 'rule' },
  merges: { demoteSingleCandidate: false },
  findings: { staleOpportunityDays: 180, unworkedReactivationDays: 7 },
  statuses: {
    lead: ['Open', 'Routed', 'Working', 'Qualified', 'Disqualified', 'No Response', 'Recycled'],
    contact: ['Open', 'Routed', 'Working', 'Qualified', 'Disqualified', 'No Response', 'Recycled'],
  },
  leadSources: [
    'Sales - List Import',
    'Sales - Outside Sales',
    'Sales - Inside Sales',
    'Sales - Tradeshow/Event',
    'Marketing - Inbound Call/Email',
    'Marketing - List Import',
    'Marketing - Paid Media List Import',
    'Marketing - Tradeshow/Event',
    'Marketing - Website',
    'Channel - Deal Registration',
    'Other/Unknown',
  ],
}

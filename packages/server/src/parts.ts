/**
 * What the HTTP server needs from the rest of the house. It declares the needs; `cli` supplies them, and
 * the tests supply small ones held in memory. Times are instants, as everywhere inside; the server turns
 * them into days of the organisation's zone at the door.
 */
import type {
  Account,
  ClusterFact,
  Day,
  Engagement,
  EngagementId,
  Fact,
  Finding,
  Instant,
  Interaction,
  Journey,
  Opportunity,
  Organisation,
  Person,
  PersonId,
  PersonKey,
  User,
  UserId,
} from '@throughline/core'
import type { Explanation, Profile, Received, Report, ReportDescription, ReportParameters } from '@throughline/engine'

/** Where the data stands, and whose it is. */
export type Status = Readonly<{
  organisation: Organisation
  /** Names of the six stages. */
  stageLabels: readonly [string, string, string, string, string, string]
  /** How many facts the log holds. */
  facts: number
  /** What the mart has read up to; null before the first build. */
  checkpoint: Readonly<{ publishedSeq: number; asOf: Instant; rulesVersion: number }> | null
  /** Publications the mart has not taken in yet. 0: reports show everything that is known. */
  lag: number
  /** An import has added facts that no rebuild has covered. */
  rebuildDue: boolean
  /** The version of this program. */
  version: string
}>

/** What the list of people may be sorted by. */
export type PeopleSort = 'last-engagement' | 'created' | 'score' | 'engagements' | 'owner' | 'status'

/** Which people, in which order, and which part of the list. */
export type PeopleQuery = Readonly<{
  /** Only people one of whose records is among these: what a search for a name came to. */
  records?: readonly PersonKey[]
  state?: 'active' | 'dormant'
  owner?: UserId
  /** Only people of this account. */
  account?: string
  sort: PeopleSort
  descending: boolean
  offset: number
  limit: number
}>

/** A person as a line in a list. */
export type PersonLine = Readonly<{
  person: Person
  ownerName: string | null
  accountName: string | null
  engagements: number
  journeys: number
  lastEngagementAt: Instant | null
  /** The current journey: how it began, what brought it, and the highest stage it reached. */
  activationType: string | null
  medium: string | null
  source: string | null
  stage: number | null
}>

/** Names for the ids that derived records carry. */
export type Names = Readonly<{
  users: Readonly<Record<UserId, string>>
  accounts: Readonly<Record<string, Pick<Account, 'name'>>>
  campaigns: Readonly<Record<string, string>>
}>

/** Everything derived about one person, in the order of time. */
export type Timeline = Readonly<{
  person: Person
  engagements: readonly Engagement[]
  journeys: readonly Journey[]
  interactions: readonly Interaction[]
  opportunities: readonly Opportunity[]
  /** What was reported about the person's records, in the order of reading. */
  history: readonly ClusterFact[]
  findings: readonly Finding[]
  names: Names
}>

/** A journey with the engagement that began it. */
export type JourneyStory = Readonly<{ journey: Journey; engagement: Engagement }>

/** One opportunity, and the journeys that have it as their primary opportunity. */
export type OpportunityStory = Readonly<{
  opportunity: Opportunity
  attribution: JourneyStory | null
  journeys: readonly JourneyStory[]
  /** People by contact id, for the contact roles. */
  people: Readonly<Record<string, Person>>
  /** Every journey that counts of the people with a contact role, in the order of time. */
  choices: readonly JourneyStory[]
  /** What was reported about the opportunity, in the order of reading. */
  history: readonly ClusterFact[]
  findings: readonly Finding[]
  names: Names
}>

/** A journey of an account, for its time axis. */
export type AccountJourney = Readonly<{
  id: EngagementId
  person: PersonId | null
  activationType: string
  engagementType: string | null
  medium: string | null
  source: string | null
  stages: readonly (Instant | null)[]
  completedAt: Instant | null
  outcome: string | null
  opportunity: string | null
  opportunityRole: string | null
  influencing: readonly Instant[]
}>

/** An opportunity of an account as a line. */
export type AccountOpportunity = Readonly<{
  id: string
  name: string | null
  owner: UserId
  ownerName: string | null
  stage: string | null
  probability: number | null
  closed: boolean
  won: boolean
  createdAt: Instant
  closedAt: Instant | null
  closeDate: Day | null
  amount: number | null
  currency: string
  organisationAmount: number | null
  leadSource: string | null
  attributionActivation: EngagementId | null
  attributionRule: string | null
}>

/** One account: who is there, what they did, and what came of it. Lists hold the newest; totals tell how many there are. */
export type AccountStory = Readonly<{
  account: Account
  ownerName: string | null
  people: readonly PersonLine[]
  peopleTotal: number
  engagements: number
  journeys: readonly AccountJourney[]
  journeysTotal: number
  opportunities: readonly AccountOpportunity[]
  opportunitiesTotal: number
  amounts: readonly Readonly<{
    state: 'open' | 'won' | 'lost'
    currency: string
    opportunities: number
    amount: number | null
    organisationAmount: number | null
  }>[]
  months: readonly Readonly<{ month: string; activations: number; influencing: number }>[]
}>

/** A choice of attribution by hand. Without a person it is to be chosen by the rules again. [L9] [L10] */
export type AttributionChoice = Readonly<{
  opportunity: string
  person?: PersonKey
  activation?: EngagementId
  reason: string
  by: UserId
  /** Makes the choice one that can be sent twice: the same key counts once. */
  key: string
}>

/** Everything the server asks of the rest of the house. */
export interface Parts {
  status(): Promise<Status>
  reports: Readonly<{
    list(): readonly ReportDescription[]
    /** Undefined: there is no report of that name. */
    run(name: string, parameters: ReportParameters): Promise<Report | undefined>
  }>
  people: Readonly<{
    list(query: PeopleQuery): Promise<Readonly<{ lines: readonly PersonLine[]; total: number }>>
    /** Everybody who owns people, most people first. */
    owners(): Promise<readonly Readonly<{ id: UserId; name: string; people: number }>[]>
    /** By a person's id or the key of any of their records. */
    timeline(id: PersonKey): Promise<Timeline | undefined>
  }>
  opportunity(id: string): Promise<OpportunityStory | undefined>
  /** Adds the choice to the log as of now, and brings what follows up to date. */
  attribute(choice: AttributionChoice): Promise<Received>
  account(id: string): Promise<AccountStory | undefined>
  /** Users and queues as they are now, by name. */
  users(): Promise<readonly User[]>
  /** Of an engagement, a stamp (`eng:…#stage-2`), a completion (`eng:…#completion`), an opportunity or a person. */
  explain(record: string): Promise<Explanation | undefined>
  /** Adds facts to the log and brings what follows from them up to date. */
  receive(facts: readonly Fact[]): Promise<Received>
  profiles: Readonly<{
    get(keys: readonly PersonKey[]): Promise<ReadonlyMap<PersonKey, Profile>>
    /** Keys whose name, e-mail address or company contains the text. */
    search(text: string, limit: number): Promise<readonly PersonKey[]>
  }>
}

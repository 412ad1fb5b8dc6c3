/**
 * What the HTTP server needs from the rest of the house. It declares the needs; `cli` supplies them, and
 * the tests supply small ones held in memory. Times are instants, as everywhere inside; the server turns
 * them into days of the organisation's zone at the door.
 */
import type {
  Account,
  Day,
  Engagement,
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
  UserId,
} from '@throughline/core'
import type { Explanation, Profile, Received } from '@throughline/engine'

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

/** The reports every company has. A mart may know more: `reports.list()` is what counts. */
export type ReportName = 'overview' | 'trend' | 'funnel' | 'sources' | 'journeys' | 'velocity' | 'outcomes' | 'health'

/**
 * Cohort: journeys that began in the period, however far they have come since. Period: what happened in the
 * period, whenever the journey began.
 */
export type View = 'cohort' | 'period'

/** How figures may be split. The options of a dimension are the values found, `(none)` for no value. */
export type Dimension =
  | 'medium'
  | 'source'
  | 'campaign'
  | 'engagement-type'
  | 'activation-type'
  | 'triggered-by'
  | 'owner'
  | 'month'
  | 'quarter'

/** What may be asked of a report. Each says in `takes` which of these it heeds; others are refused. */
export type ReportParameters = Readonly<{
  /** First and last day, both included. Absent: no bound on that side. */
  from?: Day
  to?: Day
  view?: View
  by?: Dimension
  /** One option of `by`: only journeys with that value. */
  option?: string
  /** Only journeys that reached this stage, 1 to 6 (in the period, where `view` is `period`). */
  stage?: number
  /** Only journeys in this state; `dormant-soon`: open, and idle long enough to end within 14 days. */
  state?: 'open' | 'complete' | 'dormant-soon'
  outcome?: string
  /** Leaves out journeys that an opportunity's fallback began: they convert by construction. [U6] */
  withoutFallbacks?: boolean
  sort?: string
  descending?: boolean
  offset?: number
  limit?: number
}>

/** What a column holds. Money is in minor units of the report's currency; ratios are 0 to 1; days are elapsed days. */
export type ColumnType = 'text' | 'id' | 'day' | 'count' | 'ratio' | 'days' | 'money'

/** A column of a report: `key` names it in each row, `label` on the page. */
export type Column = Readonly<{ key: string; label: string; type: ColumnType; description?: string }>

/** A value in a report's table; null where there is none. */
export type Cell = string | number | null

/** A line of a report, by column key. */
export type Row = Readonly<Record<string, Cell>>

/** What a report answers, and what it can be asked. */
export type ReportDescription = Readonly<{
  name: string
  title: string
  /** What it answers, in one sentence. */
  description: string
  takes: readonly (keyof ReportParameters)[]
  columns: readonly Column[]
}>

/** A report's answer: a table, and what the figures in it are. */
export type Report = Readonly<{
  name: string
  title: string
  columns: readonly Column[]
  rows: readonly Row[]
  /** Rows there are in all, where `rows` is one page of them. */
  total: number
  /** As understood: what was asked, with defaults filled in. */
  parameters: ReportParameters
  currency: string
  asOf: Instant
  rulesVersion: number | null
  /** What a reader must know to trust the figures: what was left out, and how much. */
  notes: readonly string[]
}>

/** What the list of people may be sorted by. */
export type PeopleSort = 'last-engagement' | 'created' | 'score' | 'engagements' | 'owner' | 'status'

/** Which people, in which order, and which part of the list. */
export type PeopleQuery = Readonly<{
  /** Only people one of whose records is among these: what a search for a name came to. */
  records?: readonly PersonKey[]
  state?: 'active' | 'dormant'
  owner?: UserId
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
}>

/** Everything derived about one person, in the order of time. */
export type Timeline = Readonly<{
  person: Person
  engagements: readonly Engagement[]
  journeys: readonly Journey[]
  interactions: readonly Interaction[]
  opportunities: readonly Opportunity[]
  findings: readonly Finding[]
  names: Names
}>

/** One opportunity, and the journeys that have it as their primary opportunity. */
export type OpportunityStory = Readonly<{
  opportunity: Opportunity
  attribution: Engagement | null
  journeys: readonly Readonly<{ journey: Journey; engagement: Engagement }>[]
  /** People by contact id, for the contact roles. */
  people: Readonly<Record<string, PersonId>>
  names: Names
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

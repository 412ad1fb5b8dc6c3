import type {
  ActivationType,
  Because,
  Completion,
  Engagement,
  Finding,
  Interaction,
  PersonId,
  Stamp,
} from './derivation.ts'
import type { Directory } from './directory.ts'
import type {
  ClusterFact,
  Day,
  EmailKey,
  Fields,
  Inferred,
  Instant,
  OpportunityCreated,
  PersonKey,
  UserId,
} from './facts.ts'
import type { Rules } from './rules.ts'
import type { Standing } from './stages.ts'
import type { Timers } from './timers.ts'
import type { TraceEntry } from './trace.ts'

/** A lead or contact row as it is at the moment of reading. */
export type RecordState = {
  readonly key: PersonKey
  readonly object: 'lead' | 'contact'
  person: PersonState
  owner: UserId
  status: string | undefined
  score: number | undefined
  leadSource: string | undefined
  account: string | undefined
  fields: Fields
  createdAt: Instant
  /** Its created fact has been read, or a conversion made it. */
  exists: boolean
  /** A conversion into it has been read, its own created fact has not. [A3] */
  fromConversion: boolean
  convertedAt: Instant | undefined
  mergedInto: RecordState | undefined
  deleted: boolean
}

export type PersonState = {
  id: PersonId
  createdAt: Instant
  records: RecordState[]
  engagements: EngagementState[]
  /** The person's most recent activation. */
  current: EngagementState | undefined
  /** Values of submissions and when each was recorded, to notice repeats. [D7] */
  recentSubmissions: Readonly<{ signature: string; recordedAt: Instant }>[]
  /** Where this person went when two turned out to be one. */
  joined: PersonState | undefined
}

export type EngagementState = {
  readonly id: Engagement['id']
  person: PersonState | undefined
  activationType: ActivationType | undefined
  lead: string | undefined
  contact: string | undefined
  parent: EngagementState | undefined
  previous: EngagementState | undefined
  readonly triggeredBy: Engagement['triggeredBy']
  /** This and the values may be replaced once, by a campaign that a new person belongs to. [P3] */
  mediumInput: Engagement['mediumInput']
  readonly at: Instant
  readonly recordedAt: Instant
  first: Engagement['first']
  last: Engagement['last']
  engagementType: string | null
  corrected: Engagement['corrected']
  readonly backdated: boolean
  voided: boolean
  because: Because
  /** Its medium came from a Lead Source, or from nothing. [P3] */
  fellBack: boolean
  /** When a merge turned it from an activation into an influence. [Z33] */
  demotedAt: Instant | undefined
  /** Made because a dormant contact was put on an open opportunity. [M1] */
  readonly fromContactRole: boolean
  /** Present on activations. */
  journey: JourneyState | undefined
}

export type JourneyState = {
  stages: [Stamp, Stamp | undefined, Stamp | undefined]
  completion: Completion | undefined
  /** The opportunity whose close completed it, to undo if that reopens. [J12] */
  completedBy: OpportunityState | undefined
  primary: OpportunityState | undefined
  primaryBecause: Because | undefined
  /** Somebody else became the owner of its person since it began. [K6] */
  handedOver: boolean
  /** The latest of its engagements' dates and record times and its stage stamps. [J7] */
  idleSince: Instant
}

export type RoleState = {
  readonly id: string
  readonly contact: RecordState
  readonly role: string | undefined
  primary: boolean
  readonly by: UserId
  readonly at: Instant
  readonly fact: string
}

export type OpportunityState = {
  readonly id: string
  readonly created: OpportunityCreated
  owner: UserId
  stage: string | undefined
  probability: number | undefined
  closed: boolean
  won: boolean
  createdAt: Instant
  closedAt: Instant | undefined
  closedBecause: Because | undefined
  closedInferred: Inferred | undefined
  closeDate: Day | undefined
  amount: number | undefined
  currency: string
  fields: Fields
  roles: RoleState[]
  /** Roles added at this instant, for the decision at its end. */
  newRoles: RoleState[]
  attribution: EngagementState | undefined
  attributionBecause: Because | undefined
  fallback: EngagementState | undefined
  /** Somebody asked to choose again at this instant: by which fact, and what it was attributed to. [L10] */
  released: Readonly<{ fact: string; held: EngagementState }> | undefined
  stages: [Stamp, Stamp | undefined, Stamp | undefined]
  /** Activations whose primary opportunity this is. */
  primaryOf: Set<EngagementState>
  /** When something last happened to it or its contact roles, and the fact. [Z35] */
  changed: Readonly<{ at: Instant; fact: string }>
  deleted: boolean
}

/** Everything the fold knows while it reads one cluster. */
export type State = {
  readonly rules: Rules
  readonly directory: Directory
  readonly asOf: Instant
  /** The moment being read. */
  now: Instant
  readonly records: Map<PersonKey, RecordState>
  readonly byEmail: Map<EmailKey, RecordState>
  readonly people: Set<PersonState>
  readonly opportunities: Map<string, OpportunityState>
  readonly engagements: Map<string, EngagementState>
  /** Opportunity id → the leads converted into it. [L6] */
  readonly convertedInto: Map<string, RecordState[]>
  readonly interactions: Interaction[]
  readonly findings: Finding[]
  readonly mentions: Set<string>
  readonly timers: Timers
  /** Records that something was set on in this moment: what they met before it, and the last fact that set it. */
  readonly changed: Map<RecordState, Readonly<{ before: Standing; fact: ClusterFact }>>
  /** Opportunities that something was set on in this moment, and the last fact that set it. */
  readonly restaged: Map<OpportunityState, ClusterFact>
  /** Opportunities to decide about at the end of the instant. */
  readonly touched: Set<OpportunityState>
  /** Campaign members and tasks that have made their engagement. [O2] [P2] */
  readonly engaged: Set<string>
  readonly trace: TraceEntry[] | undefined
}

/** Notes something odd; findings are part of the result. */
export function find(state: State, code: Finding['code'], record: string, fact: ClusterFact, detail: string): void {
  state.findings.push({ code, record, fact: fact.id, at: state.now, detail })
}

/** True while an activation's journey has no completion. */
export function isOpen(
  engagement: EngagementState | undefined,
): engagement is EngagementState & { journey: JourneyState } {
  return engagement?.journey !== undefined && engagement.journey.completion === undefined && !engagement.voided
}

/** The record that a merged record lives on in. */
export function survivorOf(record: RecordState): RecordState {
  let survivor = record
  while (survivor.mergedInto) survivor = survivor.mergedInto
  return survivor
}

/** Contact once there is one, lead before: decides names of outcomes and activation types. [B2] */
export function objectOfPerson(person: PersonState): 'lead' | 'contact' {
  return person.records.some((record) => record.object === 'contact' && record.exists && !record.deleted)
    ? 'contact'
    : person.records.some((record) => record.object === 'lead' && !record.deleted)
      ? 'lead'
      : (person.records.at(-1)?.object ?? 'lead')
}

/** Who owns a person now; null where nobody was ever named. */
export function ownerOf(person: PersonState): UserId | null {
  return activeRecord(person).owner || null
}

/** The row a person is worked on: the newest living contact, else the newest living lead. */
export function activeRecord(person: PersonState): RecordState {
  const object = objectOfPerson(person)
  let best: RecordState | undefined
  for (const record of person.records) {
    if (record.object !== object || record.mergedInto) continue
    if (
      !best ||
      (best.deleted && !record.deleted) ||
      (best.deleted === record.deleted && record.createdAt > best.createdAt)
    )
      best = record
  }
  return best ?? (person.records[0] as RecordState)
}

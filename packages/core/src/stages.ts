import { userOf } from './attribution-values.ts'
import { instantOf, parseDay } from './calendar.ts'
import { complete } from './completions.ts'
import { type FieldReader, meets, setsMet } from './criteria.ts'
import type { Stamp } from './derivation.ts'
import type { ClusterFact, Instant } from './facts.ts'
import type { EarlierStages, StageRules } from './rules.ts'
import {
  activeRecord,
  type EngagementState,
  isOpen,
  type JourneyState,
  type OpportunityState,
  ownerOf,
  type RecordState,
  type State,
} from './state.ts'

/** What a record's values meet at a moment: the sets of the stage criteria, and the dispositions, by their places. */
export type Standing = Readonly<{
  routed: readonly number[]
  accepted: readonly number[]
  dispositions: readonly number[]
}>

const NOTHING: Standing = { routed: [], accepted: [], dispositions: [] }

/** The first of those that hold now which did not before. */
function newly(before: readonly number[], after: readonly number[]): number | undefined {
  return after.find((place) => !before.includes(place))
}

/**
 * Applies a change to a person's record. What it does to their open journey is decided by `settleRecords`, when all that
 * was set in the same save is known.
 */
export function changeRecord(state: State, record: RecordState, fact: ClusterFact, change: () => void): void {
  // A converted lead is history, but what was set in the very save that converted it still counts. [H5] [H6]
  if (record.convertedAt !== undefined && record.convertedAt !== state.now) {
    change()
    const { current } = record.person
    if (state.trace && isOpen(current)) noteRetired(state, record, fact, current)
    return
  }
  const known = state.changed.get(record)
  const before = known?.before ?? (record.person.current ? standing(state, record) : NOTHING)
  change()
  state.changed.set(record, { before, fact })
}

/**
 * Lets what was set on records in this moment move their open journeys: a save sets several values, and is judged by what
 * they are after it. Criteria count on the edge: a set of them holds now and did not before. [W3] [G2] [G12]
 */
export function settleRecords(state: State): void {
  for (const [record, { before, fact }] of state.changed) {
    const { current } = record.person
    if (!isOpen(current)) {
      if (state.trace && current) noteDormant(state, record, fact, current)
      continue
    }
    const after = standing(state, record)
    stampRecordStages(state, current, before, after, fact)
    dispose(state, record, current, before, after, fact)
  }
  state.changed.clear()
}

/** On insert a record's values count as just set. [G12] [Z26] */
export function evaluateInsert(state: State, record: RecordState, fact: ClusterFact): void {
  const current = record.person.current
  if (!isOpen(current)) return
  const after = standing(state, record)
  stampRecordStages(state, current, NOTHING, after, fact)
  dispose(state, record, current, NOTHING, after, fact)
}

/** A contact that a conversion made: its values may stamp stages, but a conversion ends nothing. [H3] */
export function evaluateConverted(state: State, record: RecordState, fact: ClusterFact): void {
  const current = record.person.current
  if (isOpen(current)) stampRecordStages(state, current, NOTHING, standing(state, record), fact)
}

/** [K2] [K4] [K5] Sets a reactivated person's status, so that somebody works them; it may stamp, it never disposes. */
export function resetStatus(state: State, engagement: EngagementState, fact: ClusterFact): void {
  const { person } = engagement
  if (!person || !isOpen(engagement)) return
  const record = activeRecord(person)
  const status = record.object === 'lead' ? state.rules.reactivation.leadStatus : state.rules.reactivation.contactStatus
  if (status === undefined) return
  const was = record.status
  // Setting what it was already counts as a fresh change too. [G12]
  record.status = undefined
  const before = standing(state, record)
  record.status = status
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'status-reset',
      rule: 'K2',
      facts: [fact.id],
      at: state.now,
      decided: `The status was set from "${was ?? ''}" to "${status}" so that the reactivated person is worked.`,
      instead: null,
      applied: true,
    })
  stampRecordStages(state, engagement, before, standing(state, record), fact)
}

function standing(state: State, record: RecordState): Standing {
  const { dispositions } = state.rules
  const stages = criteriaNow(state)
  const read = fieldsOf(record)
  return {
    routed: setsMet(stages.routed[record.object], read),
    accepted: setsMet(stages.accepted[record.object], read),
    dispositions: dispositions.flatMap((one, place) =>
      one.enabled && one.object === record.object && meets(one.criteria, read) ? [place] : [],
    ),
  }
}

function fieldsOf(record: RecordState): FieldReader {
  return (field) => {
    switch (field) {
      case 'status':
        return record.status
      case 'score':
        return record.score
      case 'owner':
        return record.owner
      case 'lead-source':
        return record.leadSource
      default:
        return record.fields[field]
    }
  }
}

function stampRecordStages(
  state: State,
  engagement: EngagementState & { journey: JourneyState },
  before: Standing,
  after: Standing,
  fact: ClusterFact,
): void {
  // [Z24] Both in one save: the lower first, with the same date.
  if (newly(before.routed, after.routed) !== undefined) stampStage(state, engagement, 2, fact)
  if (newly(before.accepted, after.accepted) !== undefined) stampStage(state, engagement, 3, fact)
  if (state.trace) noteHeldBefore(state, engagement, before, after, fact)
}

/** [G12] Criteria that held before the journey began stamp nothing. */
function noteHeldBefore(
  state: State,
  engagement: EngagementState & { journey: JourneyState },
  before: Standing,
  after: Standing,
  fact: ClusterFact,
): void {
  for (const stage of [2, 3] as const) {
    const [was, is] = stage === 2 ? [before.routed, after.routed] : [before.accepted, after.accepted]
    if (is.length > 0 && newly(was, is) === undefined && !engagement.journey.stages[stage - 1])
      state.trace?.push({
        record: engagement.id,
        subject: `stage-${stage}`,
        rule: 'G12',
        facts: [fact.id],
        at: state.now,
        decided: `Stage ${stage} is not stamped: its criteria held before, and no change made them hold.`,
        instead: 'They would have to cease to hold and come to hold again.',
        applied: false,
      })
  }
}

/** [H6] A change of a converted lead that would have counted on a lead. */
function noteRetired(state: State, record: RecordState, fact: ClusterFact, current: EngagementState): void {
  const { routed, accepted, dispositions } = standing(state, record)
  const subject =
    dispositions.length > 0 ? 'completion' : accepted.length > 0 ? 'stage-3' : routed.length > 0 ? 'stage-2' : undefined
  if (subject)
    state.trace?.push({
      record: current.id,
      subject,
      rule: 'H6',
      facts: [fact.id],
      at: state.now,
      decided: `It changed nothing that ${record.key.replace(':', ' ')} was set to this: the lead had been converted.`,
      instead: 'The same on its contact would have counted.',
      applied: false,
    })
}

/**
 * [G2] [G3] Stamps stage 2 or 3 the first time its criteria are met, with the owner of that moment.
 * [G6] A stage that was skipped takes the same date and owner.
 */
function stampStage(
  state: State,
  engagement: EngagementState & { journey: JourneyState },
  stage: 2 | 3,
  fact: ClusterFact,
): void {
  const { journey } = engagement
  const existing = journey.stages[stage - 1]
  if (existing) {
    if (state.trace)
      state.trace.push({
        record: engagement.id,
        subject: `stage-${stage}`,
        rule: 'G3',
        facts: [fact.id, existing.because.fact],
        at: state.now,
        decided: `Stage ${stage} keeps its first date.`,
        instead: 'A stage counts the first time it is reached; going back and forth changes nothing.',
        applied: false,
      })
    return
  }
  const owner = engagement.person ? ownerOf(engagement.person) : null
  if (owner) userOf(state, owner)
  // A stage before it may be dated later than the moment read, where an engagement claims a later date.
  const at = Math.max(state.now, journey.stages[0].at, journey.stages[1]?.at ?? state.now)
  const stamp: Stamp = {
    at,
    owner,
    because: { rule: 'G2', fact: fact.id },
    ...(fact.inferred && { inferred: fact.inferred }),
  }
  journey.stages[stage - 1] = stamp
  journey.idleSince = Math.max(journey.idleSince, at)
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: `stage-${stage}`,
      rule: 'G2',
      facts: [fact.id],
      at: state.now,
      decided: `Stage ${stage} is reached: its criteria hold for the first time in this journey.`,
      instead: fact.inferred ? 'The history does not give this moment; it is inferred.' : null,
      applied: true,
    })
  if (stage === 3 && !journey.stages[1]) fillStage(state, engagement, 2, at, owner, 'G6', fact.id)
}

/** A skipped stage takes the date and owner of the stage that was reached. [G6] [G7] */
function fillStage(
  state: State,
  engagement: EngagementState & { journey: JourneyState },
  stage: 2 | 3,
  at: Instant,
  owner: string | null,
  rule: 'G6' | 'G7',
  fact: string,
): void {
  engagement.journey.stages[stage - 1] = { at, owner, because: { rule, fact }, filled: true }
  engagement.journey.idleSince = Math.max(engagement.journey.idleSince, at)
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: `stage-${stage}`,
      rule,
      facts: [fact],
      at: state.now,
      decided: `Stage ${stage} was skipped; it takes the date of the later stage.`,
      instead: 'A change that met its own criteria earlier would have dated it.',
      applied: true,
    })
}

/**
 * [G7] An activation that becomes an opportunity's attribution activation has passed stages 2 and 3: where
 * blank they take the opportunity's stage 4 date, never before stage 1, and the owner of this moment.
 */
export function fillFromOpportunity(state: State, engagement: EngagementState, opportunity: OpportunityState): void {
  const { journey, person } = engagement
  if (!journey) return
  const owner = person ? ownerOf(person) : opportunity.owner
  const later = journey.stages[2]?.at
  for (const stage of [2, 3] as const) {
    if (journey.stages[stage - 1]) continue
    const at = Math.max(opportunity.stages[0].at, journey.stages[0].at, journey.stages[1]?.at ?? 0)
    // By hand also a finished journey can be credited: what is filled lies before its end. [L9]
    const end = journey.completion?.at ?? Number.POSITIVE_INFINITY
    const bounded = Math.min(at, end, stage === 2 && later !== undefined ? later : end)
    const fact = opportunity.attributionBecause?.fact ?? opportunity.created.id
    fillStage(state, engagement as EngagementState & { journey: JourneyState }, stage, bounded, owner, 'G7', fact)
  }
}

/** [J1] [J2] [J3] A disposition ends the journey, unless an opportunity is linked: then only that can. */
function dispose(
  state: State,
  record: RecordState,
  engagement: EngagementState & { journey: JourneyState },
  before: Standing,
  after: Standing,
  fact: ClusterFact,
): void {
  const place = newly(before.dispositions, after.dispositions)
  if (place === undefined) return
  const { outcome } = state.rules.dispositions[place] as State['rules']['dispositions'][number]
  const primary = engagement.journey.primary
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'completion',
      rule: primary ? 'J3' : 'J1',
      facts: [fact.id],
      at: state.now,
      decided: primary
        ? `Stays open: its primary opportunity ${primary.id} alone can end it.`
        : `Completed as "${outcome}": the ${record.object} was dispositioned.`,
      instead: primary
        ? `Without a primary opportunity it would have ended as "${outcome}".`
        : 'A primary opportunity would have kept it open.',
      applied: !primary,
    })
  if (!primary) complete(state, engagement, outcome, { rule: 'J1', fact: fact.id }, fact.inferred)
}

function noteDormant(state: State, record: RecordState, fact: ClusterFact, current: EngagementState): void {
  const stages = criteriaNow(state)
  const read = fieldsOf(record)
  if (!meets(stages.routed[record.object], read) && !meets(stages.accepted[record.object], read)) return
  state.trace?.push({
    record: current.id,
    subject: meets(stages.accepted[record.object], read) ? 'stage-3' : 'stage-2',
    rule: 'G4',
    facts: [fact.id],
    at: state.now,
    decided: 'No stage is stamped: the journey is complete.',
    instead: 'A new engagement would start a new journey, which this change could then move.',
    applied: false,
  })
}

/** Applies a change to an opportunity. Its stages 5 and 6 are decided when all of the save is known. */
export function changeOpportunity(
  state: State,
  opportunity: OpportunityState,
  fact: ClusterFact,
  change: () => void,
): void {
  change()
  opportunity.changed = { at: state.now, fact: fact.id }
  state.restaged.set(opportunity, fact)
}

/** Stamps stages 5 and 6 of the opportunities that something was set on in this moment. [W3] [G9] [G10] [G11] */
export function settleOpportunityStages(state: State): void {
  for (const [opportunity, fact] of state.restaged) stampOpportunityStages(state, opportunity, fact)
  state.restaged.clear()
}

/** [G9] Stage 5 the first time its criteria hold. [G10] Stage 6 on the close date, following its edits. [G11] Cleared when no longer won. */
function stampOpportunityStages(state: State, opportunity: OpportunityState, fact: ClusterFact): void {
  const stages = criteriaNow(state)
  const read = opportunityFields(opportunity)
  const inferred = fact.inferred ? { inferred: fact.inferred } : {}
  if (!opportunity.stages[1] && meets(stages.qualified, read)) {
    opportunity.stages[1] = {
      at: Math.max(state.now, opportunity.stages[0].at),
      owner: opportunity.owner,
      because: { rule: 'G9', fact: fact.id },
      ...inferred,
    }
    noteOpportunityStage(state, opportunity, 5, 'G9', fact, 'Stage 5 is reached: its criteria hold for the first time.')
  }
  const won = meets(stages.won, read)
  const existing = opportunity.stages[2]
  if (won) {
    const at = closeInstant(state, opportunity)
    if (!existing) {
      opportunity.stages[2] = { at, owner: opportunity.owner, because: { rule: 'G10', fact: fact.id }, ...inferred }
      noteOpportunityStage(state, opportunity, 6, 'G10', fact, 'Stage 6 is reached on the close date.')
      if (!opportunity.stages[1]) {
        opportunity.stages[1] = {
          // The close date may lie before the day the opportunity was typed in.
          at: Math.max(at, opportunity.stages[0].at),
          owner: opportunity.owner,
          because: { rule: 'G6', fact: fact.id },
          filled: true,
        }
        noteOpportunityStage(state, opportunity, 5, 'G6', fact, 'Stage 5 was skipped; it takes the date of stage 6.')
      }
    } else if (existing.at !== at) {
      opportunity.stages[2] = { ...existing, at }
      noteOpportunityStage(state, opportunity, 6, 'G10', fact, 'Stage 6 follows the close date.')
    }
  } else if (existing) {
    opportunity.stages[2] = undefined
    noteOpportunityStage(state, opportunity, 6, 'G11', fact, 'Stage 6 is cleared: the opportunity is no longer won.')
  }
}

/** [G15] The stage criteria of the moment being read: those that still held then, else those of now. */
function criteriaNow(state: State): Pick<StageRules, 'routed' | 'accepted' | 'qualified' | 'won'> {
  const { stages, organisation } = state.rules
  if (stages.earlier.length === 0) return stages
  let held: EarlierStages | undefined
  for (const one of stages.earlier) {
    const until = parseDay(one.until)
    if (until === undefined || state.now >= instantOf(organisation.zone, until)) continue
    if (!held || one.until < held.until) held = one
  }
  if (!held) return stages
  return {
    routed: { ...stages.routed, ...held.routed },
    accepted: { ...stages.accepted, ...held.accepted },
    qualified: held.qualified ?? stages.qualified,
    won: held.won ?? stages.won,
  }
}

/** [Z28] Whether an opportunity is one whose contact roles start nothing and are not credited. */
export function isLeadSourceOnly(state: State, opportunity: OpportunityState): boolean {
  const { leadSourceOnly } = state.rules.opportunityAttribution
  return leadSourceOnly.length > 0 && meets(leadSourceOnly, opportunityFields(opportunity))
}

function closeInstant(state: State, opportunity: OpportunityState): Instant {
  const day = opportunity.closeDate === undefined ? undefined : parseDay(opportunity.closeDate)
  return day === undefined ? (opportunity.closedAt ?? state.now) : instantOf(state.rules.organisation.zone, day)
}

function opportunityFields(opportunity: OpportunityState): FieldReader {
  return (field) => {
    switch (field) {
      case 'stage':
        return opportunity.stage
      case 'probability':
        return opportunity.probability
      case 'closed':
        return opportunity.closed
      case 'won':
        return opportunity.won
      case 'amount':
        return opportunity.amount
      case 'currency':
        return opportunity.currency
      case 'owner':
        return opportunity.owner
      case 'lead-source':
        return opportunity.created.leadSource
      default:
        return opportunity.fields[field]
    }
  }
}

/** Tells a stage of an opportunity on the opportunity's own record. */
export function noteOpportunityStage(
  state: State,
  opportunity: OpportunityState,
  stage: 4 | 5 | 6,
  rule: string,
  fact: ClusterFact,
  decided: string,
): void {
  state.trace?.push({
    record: `opportunity:${opportunity.id}`,
    subject: `stage-${stage}`,
    rule,
    facts: [fact.id],
    at: state.now,
    decided,
    instead: null,
    applied: true,
  })
}

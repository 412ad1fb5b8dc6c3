import { type AttributionValues, userOf } from './attribution-values.ts'
import { type Corrected, correct } from './corrections.ts'
import type { ActivationType, Because, TriggeredBy } from './derivation.ts'
import { scheduleDormancy } from './dormancy.ts'
import type { ClusterFact, Instant, UserId } from './facts.ts'
import { mappingSteps } from './mapping.ts'
import { linkExistingRole } from './opportunity-attribution.ts'
import {
  activeRecord,
  type EngagementState,
  find,
  isOpen,
  type JourneyState,
  objectOfPerson,
  ownerOf,
  type PersonState,
  type State,
} from './state.ts'

/** What is known of an engagement before it is decided what kind it is. */
export type Touch = Readonly<{
  fact: ClusterFact
  /** When it happened, as claimed; never later than it was recorded. [D3] */
  at: Instant
  values: AttributionValues
  triggeredBy: TriggeredBy
  fromContactRole?: boolean
}>

/**
 * Activation or influencing engagement?
 *
 * [A4] A touch that finds the person's current journey open influences it. [A5] Any other touch starts a
 * new journey: [B1] the person's first, or [B2] a reactivation named after what the person is now. [A6] A
 * person who never had a journey starts their first one.
 */
export function engage(state: State, person: PersonState, touch: Touch): EngagementState {
  const current = person.current
  if (isOpen(current)) {
    const engagement = makeEngagement(state, person, touch, { rule: 'A4', fact: touch.fact.id })
    engagement.parent = current
    current.journey.idleSince = Math.max(current.journey.idleSince, engagement.at, engagement.recordedAt)
    if (state.trace)
      state.trace.push({
        record: engagement.id,
        subject: 'classification',
        rule: 'A4',
        facts: [touch.fact.id, current.because.fact],
        at: state.now,
        decided: `Influencing Engagement of ${current.id}: that journey was open.`,
        instead: 'It would have been an Activation if the journey had been completed before.',
        applied: true,
      })
    return engagement
  }
  return activate(state, person, touch)
}

/** Starts a new journey of a person. [A5] [A8] [G1] */
export function activate(state: State, person: PersonState, touch: Touch): EngagementState {
  const before = person.current
  const activationType: ActivationType = !before
    ? 'Original Activation'
    : objectOfPerson(person) === 'lead'
      ? 'Reactivated Lead'
      : 'Reactivated Contact'
  const rule = before
    ? 'A5'
    : touch.triggeredBy === 'Contact Created'
      ? 'A2'
      : touch.triggeredBy === 'Lead Created'
        ? 'A1'
        : 'A6'
  const engagement = makeEngagement(state, person, touch, { rule, fact: touch.fact.id })
  engagement.activationType = activationType
  engagement.previous = before
  openJourney(state, engagement, ownerOf(person), touch.fact)
  person.current = engagement
  if (before && !touch.fromContactRole && state.rules.opportunityAttribution.linkExistingOpenRoles)
    linkExistingRole(state, engagement)
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'classification',
      rule,
      facts: before?.journey?.completion ? [touch.fact.id, before.journey.completion.because.fact] : [touch.fact.id],
      at: state.now,
      decided: before
        ? `Activation (${activationType}): the journey ${before.id} was complete (${before.journey?.completion?.outcome ?? 'voided'}).`
        : `Activation (${activationType}): the person had no journey yet.`,
      instead: before
        ? `It would have been an Influencing Engagement of ${before.id} if that journey had still been open.`
        : null,
      applied: true,
    })
  return engagement
}

/** Opens the journey of an activation: stage 1 is reached when the engagement happened, by the owner of that moment. [G1] */
export function openJourney(
  state: State,
  engagement: EngagementState,
  owner: UserId | null,
  fact: ClusterFact,
): JourneyState {
  const journey: JourneyState = {
    stages: [{ at: engagement.at, owner, because: { rule: 'G1', fact: fact.id } }, undefined, undefined],
    completion: undefined,
    completedBy: undefined,
    primary: undefined,
    primaryBecause: undefined,
    handedOver: false,
    idleSince: Math.max(engagement.at, engagement.recordedAt),
  }
  engagement.journey = journey
  if (owner) userOf(state, owner)
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'stage-1',
      rule: 'G1',
      facts: [fact.id],
      at: state.now,
      decided: 'Stage 1 is reached when the engagement happened, by whoever owned the record then.',
      instead: null,
      applied: true,
    })
  scheduleDormancy(state, engagement)
  return journey
}

/** Builds an engagement and files it with its person. Its id comes from the fact that caused it. */
export function makeEngagement(
  state: State,
  person: PersonState | undefined,
  touch: Touch,
  because: Because,
): EngagementState {
  const { fact } = touch
  const { values, corrected } = correctedValues(state, touch)
  const record = person && activeRecord(person)
  const at = Math.min(touch.at, fact.recordedAt)
  const backdated = !!person && isBackdated(person, at)
  const engagement: EngagementState = {
    id: `eng:${fact.id}`,
    person,
    activationType: undefined,
    lead: record?.object === 'lead' ? idOfRecord(record.key) : undefined,
    contact: record?.object === 'contact' ? idOfRecord(record.key) : undefined,
    parent: undefined,
    previous: undefined,
    triggeredBy: touch.triggeredBy,
    mediumInput: values.mediumInput,
    at,
    recordedAt: fact.recordedAt,
    first: values.first,
    last: values.last,
    engagementType: values.engagementType ?? null,
    corrected,
    backdated,
    voided: false,
    because,
    demotedAt: undefined,
    fellBack: touch.values.mediumInput === 'Lead Source' || touch.values.mediumInput === 'System Default',
    fromContactRole: touch.fromContactRole ?? false,
    journey: undefined,
  }
  state.engagements.set(engagement.id, engagement)
  person?.engagements.push(engagement)
  if (touch.at > fact.recordedAt)
    find(
      state,
      'future-date-clamped',
      engagement.id,
      fact,
      'The engagement date is later than its recording; the time of recording counts.',
    )
  if (backdated)
    find(
      state,
      'backdated-engagement',
      engagement.id,
      fact,
      'The engagement date lies before the journey it was counted to, inside or before an earlier one.',
    )
  if (state.trace)
    state.trace.push({
      record: engagement.id,
      subject: 'attribution-values',
      rule: values.rule,
      facts: [fact.id],
      at: state.now,
      decided: `Medium "${values.first.medium ?? '(not set)'}" from ${values.mediumInput ?? 'nothing: none was given'}.${tellCorrections(state, corrected)}${tellMapping(state, values)}`,
      instead: insteadOfValues(values),
      applied: true,
    })
  return engagement
}

/** [R1] The values of a touch as the company's corrections leave them. */
function correctedValues(
  { rules }: State,
  { values, fact }: Touch,
): Readonly<{ values: AttributionValues; corrected: Corrected | null }> {
  if (rules.corrections.length === 0) return { values, corrected: null }
  const { first, last, engagementType = null } = values
  const { values: now, corrected } = correct({ first, last, engagementType }, fact.recordedAt, rules)
  const mediumInput = now.first.medium === first.medium ? values.mediumInput : 'Data Correction'
  return {
    values: { ...values, ...now, engagementType: now.engagementType ?? undefined, mediumInput },
    corrected,
  }
}

/** [Z16] The date lies before something that had already ended, or before the journey it counts to. */
function isBackdated(person: PersonState, at: Instant): boolean {
  const { current } = person
  if (!current?.journey) return false
  const { completion, stages } = current.journey
  return completion ? at < completion.at : at < stages[0].at
}

/** [R2] Which corrections changed the values, and why. */
function tellCorrections({ rules }: State, corrected: Corrected | null): string {
  if (!corrected) return ''
  const told = corrected.by.map((id) => {
    const correction = rules.corrections.find((one) => one.id === id)
    return `${id} (${correction?.reason}, by ${correction?.author})`
  })
  return ` It was "${corrected.first.medium ?? '(not set)'}", engagement type "${corrected.engagementType ?? '(not set)'}", before corrections: ${told.join(', ')}.`
}

/** [Q1] What reports show instead of the raw values, and which rules of the mapping make it so. */
function tellMapping({ rules }: State, values: AttributionValues): string {
  if (rules.mapping.length === 0) return ''
  const steps = mappingSteps(values, rules)
  if (steps.length === 0) return ' No rule of the mapping matches its values.'
  const told = steps.map(
    ({ rule, target, read, output }) =>
      `${target.replaceAll('-', ' ')} "${output}" from "${read}" (mapping rule ${rule})`,
  )
  return ` Reports show ${told.join(', ')}.`
}

function insteadOfValues({ mediumInput, rule }: AttributionValues): string | null {
  // The Lead Source of a known person counts for nothing. [D4]
  const known = rule === 'C3' || rule === 'C4'
  switch (mediumInput) {
    case 'FC Processing':
      return `Had the first click brought no tags, those of the last click would have counted${known ? '' : ', then the Lead Source'}.`
    case 'LC Processing':
      return 'Had the first click brought tags of its own, its medium would have counted.'
    case 'Lead Source':
      return 'Had a medium arrived with the record, it would have counted before the Lead Source.'
    case 'System Default':
      return 'Had there been a medium or a Lead Source, it would have counted.'
    default:
      return null
  }
}

function idOfRecord(key: string): string {
  return key.slice(key.indexOf(':') + 1)
}

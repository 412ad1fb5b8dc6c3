import { dayOf } from './calendar.ts'
import type { Rules } from './rules.ts'
import type { EngagementState, OpportunityState, PersonState, RoleState, State } from './state.ts'
import type { Ranking } from './trace.ts'

/** An activation that could be an opportunity's attribution activation, through a contact role. */
export type Candidate = Readonly<{ engagement: EngagementState; role: RoleState }>

/** What is known of an opportunity when its candidates are compared. */
type Comparison = Readonly<{ state: State; converted: ReadonlySet<PersonState | undefined> }>

/** One step of a strategy: whose number is lower goes first. */
type Criterion = Readonly<{
  of: (candidate: Candidate, comparison: Comparison) => number
  /** What it found of a candidate, in words; null where there is nothing to say. */
  tell: (candidate: Candidate, comparison: Comparison) => string | null
}>

const isConverted = ({ engagement }: Candidate, { converted }: Comparison) =>
  engagement.person !== undefined && converted.has(engagement.person)

const stagesReached = ({ engagement }: Candidate) =>
  engagement.journey?.stages.filter((stamp) => stamp && !stamp.filled).length ?? 0

const day = (at: number, { state }: Comparison) => dayOf(state.rules.organisation.zone, at)

const converted: Criterion = {
  of: (one, comparison) => (isConverted(one, comparison) ? 0 : 1),
  tell: (one, comparison) => (isConverted(one, comparison) ? 'the lead was converted into this opportunity' : null),
}
const ownAccord: Criterion = {
  of: ({ engagement }) => (engagement.fromContactRole ? 1 : 0),
  tell: ({ engagement }) =>
    engagement.fromContactRole ? 'a contact role made the activation' : 'no contact role made the activation',
}
const earliest: Criterion = {
  of: ({ engagement }) => engagement.at,
  tell: ({ engagement }, comparison) => `the engagement is of ${day(engagement.at, comparison)}`,
}
const latest: Criterion = {
  of: ({ engagement }) => -engagement.at,
  tell: earliest.tell,
}
const primaryRole: Criterion = {
  of: ({ role }) => (role.primary ? 0 : 1),
  tell: ({ role }) =>
    role.primary ? 'the contact role is the primary one' : 'the contact role is not the primary one',
}
const earliestRole: Criterion = {
  of: ({ role }) => role.at,
  tell: ({ role }, comparison) => `the contact role was given on ${day(role.at, comparison)}`,
}
const furthest: Criterion = {
  of: (one) => -stagesReached(one),
  tell: (one) => `it reached ${stagesReached(one)} ${stagesReached(one) === 1 ? 'stage' : 'stages'} by itself`,
}

const BEGAN_THE_PROCESS = [converted, ownAccord, earliest, primaryRole, earliestRole] as const

/** [L6] What each strategy looks at, in order; the lower id decides what is left. */
const STRATEGIES: Readonly<Record<Rules['opportunityAttribution']['strategy'], readonly Criterion[]>> = {
  'began-the-process': BEGAN_THE_PROCESS,
  'primary-role-first': [primaryRole, ...BEGAN_THE_PROCESS],
  'latest-activation': [latest, ...BEGAN_THE_PROCESS],
  'furthest-stage': [furthest, ...BEGAN_THE_PROCESS],
}

function comparisonOf(state: State, opportunity: OpportunityState): Comparison {
  return { state, converted: new Set(state.convertedInto.get(opportunity.id)?.map((record) => record.person)) }
}

/** [L6] The order of candidates under the company's strategy; every strategy ends in the same tie-breaks. */
export function byStrategy(state: State, opportunity: OpportunityState): (a: Candidate, b: Candidate) => number {
  const comparison = comparisonOf(state, opportunity)
  const criteria = STRATEGIES[state.rules.opportunityAttribution.strategy]
  return (a, b) => {
    for (const criterion of criteria) {
      const difference = criterion.of(a, comparison) - criterion.of(b, comparison)
      if (difference !== 0) return difference
    }
    return a.engagement.id < b.engagement.id ? -1 : 1
  }
}

/**
 * Candidates with their places and reasons: what each step of the strategy found, as far as the step that decided
 * between a candidate and its neighbours. Only called where somebody listens.
 */
export function rankingOf(state: State, opportunity: OpportunityState, ranked: readonly Candidate[]): Ranking {
  const { strategy } = state.rules.opportunityAttribution
  const comparison = comparisonOf(state, opportunity)
  const criteria = STRATEGIES[strategy].filter((one, place, all) => all.findIndex(same(one)) === place)
  const decisive = (a: Candidate, b: Candidate) =>
    criteria.findIndex((one) => one.of(a, comparison) !== one.of(b, comparison))
  return {
    strategy,
    candidates: ranked.map((one, place) => {
      const neighbours = [ranked[place - 1], ranked[place + 1]].filter((other) => other !== undefined)
      const steps = neighbours.map((other) => decisive(one, other)).map((step) => (step < 0 ? criteria.length : step))
      const last = neighbours.length === 0 ? 0 : Math.max(...steps)
      const reasons = criteria.slice(0, last + 1).flatMap((criterion) => criterion.tell(one, comparison) ?? [])
      if (last === criteria.length) reasons.push('all else is equal: the lower id goes first')
      if (neighbours.length === 0) reasons.push('nobody else with a contact role had an eligible activation')
      const above = ranked[place - 1]
      if (above) reasons.push(behind(above, one, criteria, comparison))
      return {
        record: one.engagement.id,
        facts: [one.role.fact, one.engagement.because.fact],
        place: place + 1,
        reasons,
      }
    }),
  }
}

/** The one step at which a candidate fell behind the one above. */
function behind(above: Candidate, one: Candidate, criteria: readonly Criterion[], comparison: Comparison): string {
  const step = criteria.find((each) => each.of(above, comparison) !== each.of(one, comparison))
  if (!step) return `behind ${above.engagement.id}, which has the lower id`
  const told = step.tell(above, comparison) ?? step.tell(one, comparison) ?? ''
  return `behind ${above.engagement.id}: there ${told}`
}

/** `latest` and `earliest` look at the same date: it is told once, at the step that comes first. */
const same = (one: Criterion) => (other: Criterion) => other.tell === one.tell

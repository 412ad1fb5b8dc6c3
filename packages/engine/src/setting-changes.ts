import { DAY_MS, type Rules } from '@throughline/core'
import { journeyOf, personOf } from './explained-part.ts'
import { momentIn, spanOf } from './fact-sentences.ts'
import { type Matter, type PossibleChange, SIZE, setting } from './possible-change.ts'

/** Lengths of silence that are tried, those nearest to the setting in force first. */
const LENGTHS = 5

/** The same facts under other rules. Settings that are to the point of what is asked come first. */
export function* settings(matter: Matter): Generator<PossibleChange> {
  const { rules } = matter.world
  const { about, part } = matter.question
  const aboutAttribution = about === 'opportunity' || /^(stage-[456]|primary-opportunity)$/.test(part)
  yield* silences(matter, aboutAttribution ? 1 : 0)
  yield* strategies(rules, aboutAttribution ? 0 : 1)
  yield* graces(matter, aboutAttribution ? 0 : 1)
  const window = rules.interactions.ignoreRepeatsWithinMs
  if (matter.decision.rule === 'D7')
    yield setting(
      { ...rules, interactions: { ignoreRepeatsWithinMs: 0 } },
      `Were a repeat within ${spanOf(window)} not taken for a double post`,
    )
  if (matter.decision.rule === 'P1') yield* campaignRule(matter)
  for (const email of ['interactions', 'records', 'none'] as const)
    if (email !== rules.identity.email)
      yield setting(
        { ...rules, identity: { email } },
        `Did an e-mail address join ${email === 'none' ? 'nothing' : email === 'records' ? 'records into one person' : 'interactions to records only'}`,
        2,
      )
  const order = rules.order === 'occurred' ? 'recorded' : 'occurred'
  yield setting(
    { ...rules, order },
    `Were facts read in the order in which they ${order === 'recorded' ? 'were recorded' : 'happened'}`,
    2,
  )
  if (rules.reactivation.leadStatus !== undefined || rules.reactivation.contactStatus !== undefined)
    yield setting({ ...rules, reactivation: {} }, 'Were the status of a reactivated person left as it was', 2)
}

/** Another length of silence, where one of the pauses between the person's touches lies between it and the one in force. */
function* silences({ world, folded, question }: Matter, weight: number): Generator<PossibleChange> {
  const { rules, asOf } = world
  const { dormancy } = rules
  const { derivation } = folded
  const id = question.about === 'interaction' ? `eng:${question.id.slice(4)}` : question.id
  const whose =
    question.about === 'person'
      ? personOf(derivation, id)?.id
      : derivation.engagements.find((one) => one.id === id)?.person
  const moments = [asOf]
  for (const one of derivation.engagements)
    if (one.person === whose) {
      moments.push(one.at, one.recordedAt)
      for (const stamp of journeyOf(derivation, one.id)?.stages ?? []) if (stamp) moments.push(stamp.at)
    }
  moments.sort((a, b) => a - b)
  const lengths = new Set<number>()
  for (const [place, at] of moments.entries()) {
    const pause = Math.floor((at - (moments[place - 1] ?? at)) / DAY_MS)
    for (const days of [pause - 1, pause, pause + 1, pause + 2])
      if (days >= 1 && (!dormancy.enabled || days !== dormancy.days)) lengths.add(days)
  }
  const nearest = [...lengths].sort((a, b) => Math.abs(a - dormancy.days) - Math.abs(b - dormancy.days))
  const instead = dormancy.enabled ? ` instead of ${dormancy.days}` : ''
  for (const days of nearest.slice(0, LENGTHS))
    yield setting(
      { ...rules, dormancy: { ...dormancy, enabled: true, days } },
      `Did silence end a journey after ${days} ${days === 1 ? 'day' : 'days'}${instead}`,
      weight + Math.min(0.9, Math.abs(days - dormancy.days) / 10_000),
    )
  if (dormancy.enabled)
    yield setting({ ...rules, dormancy: { ...dormancy, enabled: false } }, 'Did silence end no journey', weight + 0.95)
}

const STRATEGIES = ['began-the-process', 'primary-role-first', 'latest-activation', 'furthest-stage'] as const

function* strategies(rules: Rules, weight: number): Generator<PossibleChange> {
  const { opportunityAttribution: now } = rules
  for (const strategy of STRATEGIES)
    if (strategy !== now.strategy)
      yield setting(
        { ...rules, opportunityAttribution: { ...now, strategy } },
        `Were opportunities attributed by "${strategy}" instead of "${now.strategy}"`,
        weight,
      )
}

/** A grace period that lets in the next role, or shuts one out. */
function* graces({ world, folded, question }: Matter, weight: number): Generator<PossibleChange> {
  const { rules } = world
  const { opportunityAttribution: now } = rules
  const { derivation } = folded
  const id = question.id.startsWith('opportunity:')
    ? question.id.slice(12)
    : journeyOf(derivation, question.id)?.primaryOpportunity
  const opportunity = derivation.opportunities.find((one) => one.id === id)
  if (!opportunity) return
  const delays = opportunity.contactRoles.map(({ at }) => at - opportunity.createdAt)
  const longer = delays.filter((delay) => delay > now.graceMs).sort((a, b) => a - b)
  const lengths = [...new Set([0, ...longer.slice(0, 2).map((delay) => delay + 60_000)])]
  for (const graceMs of lengths)
    if (graceMs !== now.graceMs)
      yield setting(
        { ...rules, opportunityAttribution: { ...now, graceMs } },
        `Were contact roles waited for ${graceMs === 0 ? 'not at all' : `for ${spanOf(graceMs)}`} instead of for ${spanOf(now.graceMs)}`,
        weight,
      )
}

/** A rule for the campaign of a member that made no engagement. [P1] */
function* campaignRule({ world, question }: Matter): Generator<PossibleChange> {
  const fact = world.facts.find((one) => one.id === question.id.slice(4))
  if (fact?.kind !== 'campaign-member-set') return
  const rule = {
    name: fact.campaign,
    criteria: [[{ field: 'id', operator: 'equals' as const, value: fact.campaign }]],
    statuses: [],
    values: { medium: 'campaign' },
  }
  yield setting(
    { ...world.rules, campaigns: [...world.rules.campaigns, rule] },
    `Did a campaign rule name campaign ${fact.campaign}`,
  )
}

/** What time alone would do: silence that ends a journey, a grace period that ends. */
export function* timePassing({ world, folded, question }: Matter): Generator<PossibleChange> {
  const { derivation } = folded
  const { rules, asOf } = world
  const person = question.about === 'person' ? personOf(derivation, question.id) : undefined
  const journey = journeyOf(derivation, person?.currentActivation ?? question.id)
  const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === question.id)
  const moments = [
    journey?.dormantAt,
    opportunity && opportunity.createdAt + rules.opportunityAttribution.graceMs,
  ].filter((at): at is number => at !== null && at !== undefined && at >= asOf)
  const asked = world.facts.find(({ id }) => id === question.id.slice(4))
  if (asked && asked.recordedAt > asOf)
    yield {
      kind: 'time',
      size: SIZE.time,
      change: `If looked at from ${momentIn(rules.organisation.zone, asked.recordedAt)} on`,
      fact: asked.id,
      asOf: asked.recordedAt,
    }
  for (const at of moments) {
    const days = Math.ceil((at - asOf) / DAY_MS)
    yield {
      kind: 'time',
      size: SIZE.time,
      change: `If nothing more happens until ${momentIn(rules.organisation.zone, at)}, in ${days > 1 ? `${days} days` : spanOf(at - asOf)}`,
      fact: null,
      asOf: at,
    }
  }
}

import type { Derivation, RuleId } from '@throughline/core'
import { journeyOf, type Question, type World } from './explained-part.ts'

type Told = readonly [statement: string, rule: RuleId]

/** Why something is not there, where no decision was ever about it. */
export function whyNot(question: Question, world: World, derivation: Derivation): Told {
  const { id, part, about } = question
  switch (about) {
    case 'interaction':
      return ofNoEngagement(id.slice(4), world, derivation)
    case 'person':
      return ['There is no such person.', 'ID2']
    case 'opportunity': {
      const opportunity = derivation.opportunities.find((one) => `opportunity:${one.id}` === id)
      return opportunity ? ofOpportunity(opportunity, part) : ['There is no such opportunity yet.', 'W1']
    }
    case 'engagement':
      return derivation.engagements.some((one) => one.id === id)
        ? ofJourney(id, part, world, derivation)
        : ofNoEngagement(id.slice(4), world, derivation)
  }
}

function ofJourney(id: string, part: string, { rules }: World, derivation: Derivation): Told {
  const journey = journeyOf(derivation, id)
  if (!journey) return ['An Influencing Engagement has no journey of its own: its activation has.', 'A8']
  if (part === 'completion') {
    if (journey.primaryOpportunity)
      return [`The journey is open: only its primary opportunity ${journey.primaryOpportunity} can end it.`, 'J3']
    return rules.dormancy.enabled
      ? [
          `The journey is open: no disposition was set, and it has not been silent for ${rules.dormancy.days} days.`,
          'J6',
        ]
      : ['The journey is open: no disposition was set, and the rules let silence end nothing.', 'J1']
  }
  if (/^stage-[23]$/.test(part))
    return [
      `Stage ${part.slice(-1)} is not reached: no change made its criteria hold while the journey was open.`,
      'G2',
    ]
  if (/^stage-[456]$/.test(part)) return ofLaterStage(journey, Number(part.slice(-1)), derivation)
  return ['No opportunity was joined during this journey.', 'L2']
}

function ofLaterStage(journey: Derivation['journeys'][number], stage: number, derivation: Derivation): Told {
  const { primaryOpportunity, primaryOpportunityType } = journey
  if (primaryOpportunity === null)
    return [`Stage ${stage} is not reached: no opportunity was joined during this journey.`, 'G13']
  if (primaryOpportunityType === 'Influencing Activation') {
    const opportunity = derivation.opportunities.find((one) => one.id === primaryOpportunity)
    return [
      `Stages 4 to 6 are shown on the activation that the opportunity is attributed to (${opportunity?.attributionActivation ?? 'none yet'}); this one only influenced it.`,
      'G13',
    ]
  }
  return stage === 5
    ? [`Stage 5 is not reached: opportunity ${primaryOpportunity} has not met its criteria.`, 'G9']
    : [`Stage 6 is not reached: opportunity ${primaryOpportunity} is not won.`, 'G10']
}

function ofOpportunity(opportunity: Derivation['opportunities'][number], part: string): Told {
  if (part === 'stage-5') return ['Stage 5 is not reached: its criteria have not been met.', 'G9']
  if (part === 'stage-6') return ['Stage 6 is not reached: the opportunity is not won.', 'G10']
  if (opportunity.deleted) return ['It is attributed to nothing: it was deleted.', 'L10']
  return ['It is not attributed yet: its contact roles may still arrive until its grace period ends.', 'N5']
}

/** Why a fact made no engagement. */
function ofNoEngagement(factId: string, { facts, asOf }: World, derivation: Derivation): Told {
  const fact = facts.find((one) => one.id === factId)
  if (!fact) return ['Nothing of that name was reported.', 'A9']
  if (fact.recordedAt > asOf) return ['It is not known yet: it was recorded after the moment looked from.', 'W2']
  switch (fact.kind) {
    case 'lead-created':
    case 'contact-created': {
      const converted =
        fact.kind === 'contact-created' &&
        facts.some((one) => one.kind === 'lead-converted' && one.contact === fact.contact && one.recordedAt <= asOf)
      return converted
        ? ['It made no engagement: a conversion had made the contact, which goes on with its lead’s.', 'A3']
        : ['It made no engagement: the record had been created before.', 'W2']
    }
    case 'contact-role-added':
      return ['It made no engagement: the opportunity was never created.', 'M1']
    case 'opportunity-created':
      if (derivation.engagements.some((one) => one.id === `eng:${factId}`))
        return ['The activation that stands in for an opportunity is nobody’s interaction.', 'N1']
      return ['It made no engagement: no fallback stands in for it.', 'N1']
    case 'interaction-recorded':
      return ['It belongs to nobody, so it made no engagement.', 'ID3']
    default:
      return ['Such a fact makes no engagement: only touches that a rule names do.', 'A9']
  }
}

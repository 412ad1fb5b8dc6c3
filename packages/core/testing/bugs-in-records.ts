import { DAY_MS, type Journey } from '../src/index.ts'
import { activationsOf, type Bug, spoilt, spoiltEngagements, spoiltJourneys, spoiltOpportunities } from './bug.ts'

const neverSeen: Journey['completion'] = { at: 0, outcome: '', because: { rule: 'J6', fact: '' } }

/** Mistakes about what records say, and about how they agree with each other. */
export const BUGS_IN_RECORDS: readonly Bug[] = [
  {
    bug: 'lists come in the order in which things were made',
    laws: ['every id is there once'],
    derive: spoilt((result) => ({
      ...result,
      engagements: [...result.engagements].sort((a, b) => a.recordedAt - b.recordedAt),
    })),
  },
  {
    bug: 'a rule goes by a name',
    laws: ['every record names a given fact'],
    derive: spoiltEngagements((one) =>
      one.because.rule === 'A4' ? { ...one, because: { ...one.because, rule: 'influence' } } : one,
    ),
  },
  {
    bug: 'an engagement names its own id as the fact behind it',
    laws: ['every record names a given fact'],
    derive: spoiltEngagements((one) => ({ ...one, because: { ...one.because, fact: one.id } })),
  },
  {
    bug: 'a contact forgets the leads it was',
    laws: ['whoever is spoken of exists'],
    derive: spoilt((result) => ({
      ...result,
      people: result.people.map((one) => (one.object === 'contact' ? { ...one, leads: [] } : one)),
    })),
  },
  {
    bug: 'everybody whose record changes is said to have come from nowhere',
    laws: ['[W1] nothing is said'],
    derive: spoilt((result, facts) => ({
      ...result,
      findings: [
        ...result.findings,
        ...facts.flatMap((fact) =>
          fact.kind === 'status-changed'
            ? [{ code: 'changed-before-created' as const, record: fact.record, fact: fact.id, at: 0, detail: '' }]
            : [],
        ),
      ],
    })),
  },
  {
    bug: 'an influence has the type of its parent',
    laws: ['[A8] [B5] an activation has a type'],
    derive: spoiltEngagements((one, result) => {
      const parent = result.engagements.find(({ id }) => id === one.parent)
      return parent ? { ...one, activationType: parent.activationType } : one
    }),
  },
  {
    bug: 'touches go to a person’s first journey instead of the current one',
    laws: ['[A4] an influencing engagement belongs'],
    derive: spoiltEngagements((one, result) => {
      const first = activationsOf(one.person, result).find((other) => other.previous === null)
      return one.parent === null ? one : { ...one, parent: first?.id ?? one.parent }
    }),
  },
  {
    bug: 'a reactivation knows no journey before it',
    laws: ['[B1] [B2] [A5] the journey before'],
    derive: spoiltEngagements((one) => ({ ...one, previous: null })),
  },
  {
    bug: 'every touch starts a journey',
    laws: ['[A12] [I6] [I8] a person has one open journey'],
    derive: spoilt((result) => ({
      ...result,
      journeys: result.engagements.map((one) => {
        const known = result.journeys.find(({ id }) => id === one.id)
        const template = known ?? result.journeys[0]
        return { ...(template as Journey), id: one.id, person: one.person, completion: known?.completion ?? null }
      }),
    })),
  },
  {
    bug: 'the first activation stays the current one',
    laws: ['[I8] [J10] the current activation'],
    derive: spoilt((result) => ({
      ...result,
      people: result.people.map((one) => ({
        ...one,
        currentActivation: activationsOf(one.id, result)[0]?.id ?? null,
      })),
    })),
  },
  {
    bug: 'whoever was there before the first import never gets a journey',
    laws: ['[A6] [A8] everybody who has'],
    derive: spoilt((result) => {
      const older = new Set(result.engagements.filter((one) => one.because.rule === 'A6').map((one) => one.id))
      return { ...result, journeys: result.journeys.filter((one) => !older.has(one.id)) }
    }),
  },
  {
    bug: 'the last click borrows tags from the first',
    laws: ['[C3] [C4] [D4] an engagement'],
    derive: spoiltEngagements((one) => ({ ...one, last: { ...one.first, ...one.last } })),
  },
  {
    bug: 'stage 1 is dated when the fact was recorded',
    laws: ['[G1] stage 1'],
    derive: spoiltJourneys((journey, result) => {
      const [first, ...later] = journey.stages
      const at = result.engagements.find((one) => one.id === journey.id)?.recordedAt ?? 0
      return { ...journey, stages: [{ ...first, at }, ...later] }
    }),
  },
  {
    bug: 'skipped stages stay blank',
    laws: ['[G3] [G6] stages never go backwards'],
    derive: spoiltJourneys((journey) => {
      const [first, second, ...later] = journey.stages
      return { ...journey, stages: [first, second?.filled ? null : second, ...later] }
    }),
  },
  {
    bug: 'an opportunity fills no stages',
    laws: ['[G7] [G13] an activation that shows'],
    derive: spoiltJourneys((journey) => {
      const [first, second, third, ...later] = journey.stages
      const own = (stamp: typeof second) => (stamp?.because.rule === 'G7' ? null : stamp)
      return { ...journey, stages: [first, own(second), own(third), ...later] }
    }),
  },
  {
    bug: 'stage 6 is reached by every close',
    laws: ['[G8] [G10] [G11] stage 4'],
    derive: spoiltOpportunities((one) => {
      const [fourth, fifth, sixth] = one.stages
      return one.closed ? { ...one, stages: [fourth, fifth, sixth ?? fourth] } : one
    }),
  },
  {
    bug: 'nobody is written as a blank',
    laws: ['an owner is somebody or nobody'],
    derive: spoiltJourneys((one) => {
      const [first, ...later] = one.stages
      return { ...one, stages: [{ ...first, owner: first.owner ?? '' }, ...later] }
    }),
  },
  {
    bug: 'a completion has a date without an outcome',
    laws: ['[J9] a journey that ended has'],
    derive: spoiltJourneys((one) =>
      one.completion ? { ...one, completion: { ...one.completion, outcome: '' } } : one,
    ),
  },
  {
    bug: 'the silence clock is not restarted by what happens in a journey',
    laws: ['[J6] [J7] silence ends'],
    derive: spoiltJourneys((journey, result, _facts, _directory, rules) => {
      const begun = result.engagements.find((one) => one.id === journey.id)?.recordedAt ?? 0
      const { completion } = journey
      if (completion?.because.rule !== 'J6') return journey
      const at = Math.min(completion.at, begun + rules.dormancy.days * DAY_MS)
      return { ...journey, completion: { ...completion, at } }
    }),
  },
  {
    bug: 'silence ends journeys that have an opportunity',
    laws: ['[J3] [J6] only its close'],
    derive: spoiltJourneys((one) => (one.primaryOpportunity ? { ...one, completion: neverSeen } : one)),
  },
  {
    bug: 'nobody looks for silent journeys',
    laws: ['[J6] no open journey has been silent'],
    derive: spoiltJourneys((one) =>
      one.completion?.because.rule === 'J6' ? { ...one, completion: null, dormantAt: one.completion.at } : one,
    ),
  },
  {
    bug: 'a close ends only the journey it is attributed to',
    laws: ['[J3] [J4] an open journey’s primary opportunity'],
    derive: spoiltJourneys((one) =>
      one.completion?.because.rule === 'J4' && one.primaryOpportunityType === 'Influencing Activation'
        ? { ...one, completion: null }
        : one,
    ),
  },
  {
    bug: 'whatever closes is lost',
    laws: ['[J4] a journey that its opportunity’s close ended'],
    derive: spoiltJourneys((one, _result, _facts, _directory, rules) =>
      one.completion?.because.rule === 'J4'
        ? { ...one, completion: { ...one.completion, outcome: rules.outcomes.lost } }
        : one,
    ),
  },
  {
    bug: 'stages 4 to 6 show on everybody who joined the opportunity',
    laws: ['[L1] [L2] [G13] a journey’s primary opportunity'],
    derive: spoiltJourneys((one, result) => {
      const stages = result.opportunities.find(({ id }) => id === one.primaryOpportunity)?.stages
      const [first, second, third] = one.stages
      return stages ? { ...one, stages: [first, second, third, ...stages] } : one
    }),
  },
  {
    bug: 'opportunities without an eligible contact are left alone',
    laws: ['[N1] [L1] after the grace period'],
    derive: spoiltOpportunities((one) =>
      one.attributionBecause?.rule === 'N1' ? { ...one, attributionActivation: null } : one,
    ),
  },
  {
    bug: 'the attribution contact is whoever got the first role',
    laws: ['[L8] an opportunity’s attribution contact'],
    derive: spoiltOpportunities((one) => ({ ...one, attributionContact: one.contactRoles[0]?.contact ?? null })),
  },
  {
    bug: 'an activation whose opportunity is deleted is void',
    laws: ['[N5] only a fallback can be void'],
    derive: spoiltEngagements((one, result, facts, _directory, _rules, asOf) => {
      const journey = result.journeys.find(({ id }) => id === one.id)
      const gone = facts.some(
        (fact) => fact.kind === 'record-deleted' && fact.record.startsWith('opportunity:') && fact.recordedAt <= asOf,
      )
      return gone && journey?.completion === null && journey.primaryOpportunity === null
        ? { ...one, voided: true }
        : one
    }),
  },
  {
    bug: 'dates are taken as they are claimed',
    laws: ['[D3] nothing happened after'],
    derive: spoiltEngagements((one, _result, facts) => {
      const fact = facts.find(({ id }) => one.id === `eng:${id}`)
      const claimed = fact?.kind === 'interaction-recorded' ? fact.submission.engagementAt : undefined
      return claimed === undefined ? one : { ...one, at: claimed }
    }),
  },
  {
    bug: 'an interaction forgets what it became',
    laws: ['[A9] every engagement of a person'],
    derive: spoilt((result) => ({
      ...result,
      interactions: result.interactions.map((one) => (one.kind === 'form' ? { ...one, engagement: null } : one)),
    })),
  },
]

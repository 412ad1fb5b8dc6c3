import { type ClusterFact, DAY_MS, type Derivation, derive, keysOf } from '../src/index.ts'
import {
  activationsOf,
  type Bug,
  misled,
  spoilt,
  spoiltEngagements,
  spoiltJourneys,
  spoiltOpportunities,
} from './bug.ts'

let drawn = 0

/** Mistakes about what may matter to a result, and about what is decided for good. */
export const BUGS_IN_THE_FOLD: readonly Bug[] = [
  {
    bug: 'labels are numbered as they are made',
    laws: ['[W2] the same facts give the same bytes'],
    derive: spoilt((result) => ({
      ...result,
      interactions: result.interactions.map((one) => ({ ...one, label: `${one.label} ${drawn++}` })),
    })),
  },
  {
    bug: 'ties go by arrival instead of by id',
    laws: ['[W2] [W3] arrival order'],
    derive(facts, ...rest) {
      const arrival = new Map(facts.map(({ id }, index) => [id, `arrival-${String(index).padStart(4, '0')}`]))
      const back = new Map([...arrival].map(([id, given]) => [given, id]))
      const renamed = facts.map((fact) => ({ ...fact, id: arrival.get(fact.id) ?? fact.id }))
      const result = JSON.stringify(derive(renamed, ...rest))
      return JSON.parse(result.replace(/arrival-\d{4}/g, (given) => back.get(given) ?? given)) as Derivation
    },
  },
  {
    bug: 'what is recorded later is known already',
    laws: ['[W2] what was recorded after asOf'],
    derive: (facts, directory, rules, asOf, trace) =>
      derive(facts, directory, rules, Math.max(asOf, ...facts.map((fact) => fact.recordedAt)), trace),
  },
  {
    bug: 'nobody is woken for what time alone does',
    laws: ['[W4] before wakeAt'],
    derive: spoilt((result) => ({ ...result, wakeAt: null })),
  },
  {
    bug: 'the next daily run is a day late',
    laws: ['[W4] before wakeAt'],
    derive: spoilt((result) => ({ ...result, wakeAt: result.wakeAt === null ? null : result.wakeAt + DAY_MS })),
  },
  {
    bug: 'double posts are looked for across all people',
    laws: ['[ID1] facts that share'],
    derive: misled((facts) => {
      const seen = new Set<string>()
      const isNew = (fact: ClusterFact) => {
        if (fact.kind !== 'interaction-recorded') return true
        const values = JSON.stringify(fact.submission)
        const first = !seen.has(values)
        seen.add(values)
        return first
      }
      return facts.filter(isNew)
    }),
  },
  {
    bug: 'asking why drops the findings',
    laws: ['a trace changes nothing'],
    derive: (facts, directory, rules, asOf, trace) => {
      const result = derive(facts, directory, rules, asOf, trace)
      return trace ? { ...result, findings: [] } : result
    },
  },
  {
    bug: 'a decision is told by a rule that nobody has written',
    laws: ['a trace changes nothing'],
    derive: (facts, directory, rules, asOf, trace) => {
      const result = derive(facts, directory, rules, asOf, trace)
      if (trace?.[0]) trace.push({ ...trace[0], rule: 'unwritten' })
      return result
    },
  },
  {
    bug: 'users are looked up without saying so',
    laws: ['directory entries that are not mentioned'],
    derive: spoilt((result) => ({ ...result, mentions: result.mentions.filter((one) => !one.startsWith('user:')) })),
  },
  {
    bug: 'a merge throws away what it demotes',
    laws: ['[A7] an engagement once made', '[I1] [H1] merges and conversions neither', '[I1] a merge in the midst'],
    derive: spoilt((result) => ({
      ...result,
      engagements: result.engagements.filter((one) => one.because.rule !== 'I5'),
    })),
  },
  {
    bug: 'the last click of everything somebody did follows what they do',
    laws: ['[C6] [D1] raw values never change'],
    derive: spoiltEngagements((one, result) => {
      const newest = result.engagements.findLast((other) => other.person === one.person)
      return newest ? { ...one, last: newest.last } : one
    }),
  },
  {
    bug: 'a reactivated lead becomes a reactivated contact when it is converted',
    laws: ['[B5] [I5] a type changes'],
    derive: spoiltEngagements((one, result) => {
      const person = result.people.find(({ id }) => id === one.person)
      const renamed = one.activationType === 'Reactivated Lead' && person?.object === 'contact'
      return renamed ? { ...one, activationType: 'Reactivated Contact' } : one
    }),
  },
  {
    bug: 'influences move along to the current activation',
    laws: ['[A4] [I5] an influence stays'],
    derive: spoiltEngagements((one, result) => {
      const current = result.people.find(({ id }) => id === one.person)?.currentActivation
      return one.parent && current ? { ...one, parent: current } : one
    }),
  },
  {
    bug: 'a merge is forgotten after two days',
    laws: ['[ID2] who turned out to be one'],
    derive: misled((facts, asOf) =>
      facts.filter((fact) => fact.kind !== 'records-merged' || fact.recordedAt > asOf - 2 * DAY_MS),
    ),
  },
  {
    bug: 'of several changes of a status only the newest counts',
    laws: ['[G3] [I4] stages 1 to 3'],
    derive: misled((facts, asOf) => {
      const newest = new Map<string, number>()
      for (const fact of facts)
        if (fact.kind === 'status-changed' && fact.recordedAt <= asOf)
          newest.set(fact.record, Math.max(fact.recordedAt, newest.get(fact.record) ?? 0))
      return facts.filter((fact) => fact.kind !== 'status-changed' || newest.get(fact.record) === fact.recordedAt)
    }),
  },
  {
    bug: 'stage 5 is dated when it is looked at',
    laws: ['[G8] [G9] stages 4 and 5'],
    derive: spoiltOpportunities((one, _result, _facts, _directory, _rules, asOf) => {
      const [fourth, fifth, sixth] = one.stages
      return { ...one, stages: [fourth, fifth && { ...fifth, at: asOf }, sixth] }
    }),
  },
  {
    bug: 'a status that is moved back opens the journey again',
    laws: ['[J9] [J11] [J12] a journey that ended'],
    derive: spoiltJourneys((one, result) => {
      const status = result.people.find(({ id }) => id === one.person)?.status
      const back = one.completion?.because.rule === 'J1' && (status === 'Open' || status === 'Working')
      return back ? { ...one, completion: null } : one
    }),
  },
  {
    bug: 'an attribution follows its contact to the next journey',
    laws: ['[L7] [N5] [L10] an attribution stays'],
    derive: spoiltOpportunities((one, result) => {
      const contact = one.attributionContact
      const person = result.people.find(({ contacts }) => contact !== null && contacts.includes(contact))
      const follows = one.attributionBecause?.rule === 'L4' && person?.currentActivation
      return follows ? { ...one, attributionActivation: person.currentActivation } : one
    }),
  },
  {
    bug: 'whoever leaves an opportunity loses it, attributed to them or not',
    laws: ['[L3] [L10] a primary opportunity'],
    derive: spoiltJourneys((one, result) => {
      const roles = result.opportunities.find(({ id }) => id === one.primaryOpportunity)?.contactRoles
      const person = result.people.find(({ id }) => id === one.person)
      const gone = person && roles && !roles.some(({ contact }) => person.contacts.includes(contact))
      return gone ? { ...one, primaryOpportunity: null, primaryOpportunityType: null } : one
    }),
  },
  {
    bug: 'whoever comes back goes on with the journey that was over',
    laws: ['[A4] [A5] [A6] [A12] the next touch'],
    derive: spoilt((result) => {
      const back = (one: Readonly<{ previous: string | null }>) => one.previous !== null
      const engagements = result.engagements.map((one) =>
        back(one)
          ? {
              ...one,
              recordType: 'Influencing Engagement' as const,
              activationType: null,
              parent: one.previous,
              previous: null,
            }
          : one,
      )
      const over = new Set(result.engagements.filter(back).map((one) => one.id))
      return { ...result, engagements, journeys: result.journeys.filter((one) => !over.has(one.id)) }
    }),
  },
  {
    bug: 'coming back takes the completion of the last journey away',
    laws: ['[A4] [J11] a touch changes nothing'],
    derive: spoiltJourneys((one, result) =>
      result.engagements.some((other) => other.previous === one.id) ? { ...one, completion: null } : one,
    ),
  },
  {
    bug: 'stage 3 is reached whenever somebody works on a person',
    laws: ['[G4] [J11] a change of a dormant'],
    derive: spoiltJourneys((one, result, facts, _directory, _rules, asOf) => {
      const person = result.people.find(({ id }) => id === one.person)
      const keys = new Set([
        ...(person?.leads ?? []).map((id) => `lead:${id}`),
        ...(person?.contacts ?? []).map((id) => `contact:${id}`),
      ])
      const worked = facts.find(
        (fact) =>
          fact.kind === 'status-changed' &&
          fact.to === 'Working' &&
          fact.recordedAt <= asOf &&
          fact.recordedAt >= (one.completion?.at ?? 0) &&
          keys.has(keysOf(fact)[0]),
      )
      const [first, second, third, ...later] = one.stages
      if (!one.completion || third || !worked) return one
      const stamp = { at: worked.recordedAt, owner: first.owner, because: { rule: 'G2', fact: worked.id } }
      return { ...one, stages: [first, second ?? stamp, stamp, ...later] }
    }),
  },
  {
    bug: 'a converted lead is history, and its engagements are the contact’s alone',
    laws: ['[I1] [H1] merges and conversions change no raw'],
    derive: spoiltEngagements((one) => (one.contact === null ? one : { ...one, lead: null })),
  },
  {
    bug: 'what a lead did stays with the lead when it is converted',
    laws: ['[H1] a converted lead’s'],
    derive: spoiltEngagements((one) => (one.lead === null ? one : { ...one, contact: null })),
  },
  {
    bug: 'a conversion ends the journey of the lead',
    laws: ['[H3] merges and conversions end'],
    derive: spoiltJourneys((one, result, facts, _directory, _rules, asOf) => {
      const lead = result.engagements.find(({ id }) => id === one.id)?.lead
      const fact = facts.find((known) => known.kind === 'lead-converted' && known.lead === lead)
      if (one.completion || !fact || fact.recordedAt > asOf) return one
      return { ...one, completion: { at: asOf, outcome: 'Converted', because: { rule: 'J1', fact: fact.id } } }
    }),
  },
  {
    bug: 'a merge joins journeys that are over, too',
    laws: ['[I6] merges and conversions leave alone'],
    derive: spoilt((result, facts, _directory, _rules, asOf) =>
      facts.some((fact) => fact.kind === 'records-merged' && fact.recordedAt <= asOf)
        ? { ...result, journeys: result.journeys.filter((one) => one.completion === null) }
        : result,
    ),
  },
  {
    bug: 'of merged journeys the newest lives on',
    laws: ['[I3] [I5] of the journeys'],
    derive: spoilt((result) => {
      const demoted = result.engagements.findLast((one) => one.because.rule === 'I5')
      const winner = result.engagements.find((one) => one.id === demoted?.parent)
      if (!demoted || !winner) return result
      const { recordType, activationType, previous } = winner
      return {
        ...result,
        engagements: result.engagements.map((one) => {
          if (one === demoted) return { ...one, recordType, activationType, previous, parent: null }
          if (one === winner)
            return {
              ...one,
              recordType: 'Influencing Engagement' as const,
              activationType: null,
              previous: null,
              parent: demoted.id,
            }
          return one.parent === winner.id ? { ...one, parent: demoted.id } : one
        }),
      }
    }),
  },
  {
    bug: 'the journey that a merge leaves keeps its own stages only',
    laws: ['[I4] it takes stages 2 and 3'],
    derive: (facts, ...rest) => {
      const apart = derive(
        facts.filter((fact) => fact.kind !== 'records-merged'),
        ...rest,
      )
      const own = new Map(apart.journeys.map((one) => [one.id, one.stages]))
      const result = derive(facts, ...rest)
      return {
        ...result,
        journeys: result.journeys.map((one) => {
          const [first, second, third, ...later] = one.stages
          const stages = own.get(one.id)
          return stages
            ? { ...one, stages: [first, stages[1], stages[2], ...later] }
            : { ...one, stages: [first, second, third, ...later] }
        }),
      }
    },
  },
  {
    bug: 'a conversion counts as a touch',
    laws: ['[H1] a conversion in the midst', '[I1] [H1] merges and conversions neither'],
    derive: misled((facts) =>
      facts.flatMap((fact): ClusterFact[] =>
        fact.kind === 'lead-converted'
          ? [
              fact,
              {
                id: `${fact.id}-touch`,
                kind: 'interaction-recorded',
                occurredAt: fact.occurredAt,
                recordedAt: fact.recordedAt,
                person: `contact:${fact.contact}`,
                channel: 'api',
                submission: { engagementType: 'Converted' },
              },
            ]
          : [fact],
      ),
    ),
  },
  {
    bug: 'the previous journey is always the first',
    laws: ['[A5] [B1] where nobody is joined'],
    derive: spoiltEngagements((one, result) => {
      const first = activationsOf(one.person, result).find((other) => other.previous === null)
      return one.previous && first ? { ...one, previous: first.id } : one
    }),
  },
]

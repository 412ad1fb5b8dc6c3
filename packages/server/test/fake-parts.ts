import {
  type AttributionReleased,
  type AttributionSet,
  dayOf,
  type Engagement,
  type Fact,
  type Instant,
  type Journey,
  type Person,
} from '@throughline/core'
import type { Explanation } from '@throughline/engine'
import type { Names, Parts, PersonLine } from '../src/parts.ts'
import { AS_OF, type Company, fakeCompany, ORGANISATION, STAGE_LABELS, USERS } from './fake-company.ts'
import { CAMPAIGNS, fakeAccount, historyOfOpportunity, historyOfPerson } from './fake-records.ts'
import { DESCRIPTIONS, runFakeReport } from './fake-reports.ts'

const RULES: Readonly<Record<string, string>> = {
  A1: 'A new lead is an Activation of the type Original Activation.',
  A4: 'While the current activation’s journey is open, an interaction is an Influencing Engagement of it.',
  A5: 'Once the current activation’s journey is complete, the next interaction is an Activation.',
  G1: 'Stage 1 is the moment of the activation; its owner is the owner of the record then.',
  G2: 'Stages 2 and 3 are stamped by the change that first meets their criteria.',
  G9: 'Stage 4 is the creation of the opportunity.',
  G10: 'Stages 5 and 6 are stamped by the change that first meets their criteria.',
  J1: 'A status the rules name as a disposition ends the journey with that disposition’s outcome.',
  J4: 'Closing the primary opportunity ends the journey.',
  J6: 'A journey without a primary opportunity ends after 90 days without an engagement or a stamp.',
  L9: 'An attribution set by hand stays.',
  L6: 'Of several eligible activations the one that began the process is the attribution activation.',
}

/** Parts held in memory: a made-up company, whose facts can be added to but change nothing. */
export function fakeParts(company: Company = fakeCompany()): Parts {
  const known = new Set<string>()
  const names: Names = { users: USERS, accounts: company.accounts, campaigns: CAMPAIGNS }
  const byHand: (AttributionSet | AttributionReleased)[] = []
  const byPerson = <T extends { person: string | null }>(items: readonly T[], id: string) =>
    items.filter((item) => item.person === id)

  const lineOf = (person: Person): PersonLine => {
    const engagements = byPerson(company.engagements, person.id)
    const journeys = byPerson(company.journeys, person.id)
    const current = engagements.find(({ id }) => id === person.currentActivation)
    const journey = journeys.find(({ id }) => id === person.currentActivation)
    return {
      person,
      ownerName: USERS[person.owner] ?? null,
      accountName: company.accounts[person.account ?? '']?.name ?? null,
      engagements: engagements.length,
      journeys: journeys.length,
      lastEngagementAt: engagements.reduce<number | null>((last, { at }) => Math.max(last ?? 0, at), null),
      activationType: current?.activationType ?? null,
      medium: current?.first.medium ?? null,
      source: current?.first.source ?? null,
      stage: journey ? journey.stages.findLastIndex((stamp) => stamp !== null) + 1 : null,
    }
  }
  const lines = company.people.map(lineOf)

  return {
    async status() {
      return {
        organisation: ORGANISATION,
        stageLabels: STAGE_LABELS,
        facts: 4000 + known.size,
        checkpoint: { publishedSeq: 4000 + known.size, asOf: AS_OF, rulesVersion: 3 },
        lag: 0,
        rebuildDue: false,
        version: '0.1.0',
      }
    },
    reports: { list: () => DESCRIPTIONS, run: async (name, parameters) => runFakeReport(company, name, parameters) },
    people: {
      async list({ records, state, owner, account, sort, descending, offset, limit }) {
        const wanted = records && new Set<string>(records)
        const found = lines.filter(
          ({ person }) =>
            (!wanted ||
              person.leads.some((lead) => wanted.has(`lead:${lead}`)) ||
              person.contacts.some((contact) => wanted.has(`contact:${contact}`))) &&
            (!state || person.dormant === (state === 'dormant')) &&
            (!owner || person.owner === owner) &&
            (!account || person.account === account),
        )
        const sortValue = (line: PersonLine): string | number => {
          switch (sort) {
            case 'last-engagement':
              return line.lastEngagementAt ?? 0
            case 'created':
              return line.person.createdAt
            case 'score':
              return line.person.score ?? 0
            case 'engagements':
              return line.engagements
            case 'owner':
              return line.ownerName ?? ''
            case 'status':
              return line.person.status ?? ''
          }
        }
        found.sort((a, b) => {
          const [left, right] = [sortValue(a), sortValue(b)]
          const order = left < right ? -1 : left > right ? 1 : a.person.id < b.person.id ? -1 : 1
          return descending ? -order : order
        })
        return { lines: found.slice(offset, offset + limit), total: found.length }
      },
      async owners() {
        return Object.entries(USERS)
          .map(([id, name]) => ({ id, name, people: company.people.filter(({ owner }) => owner === id).length }))
          .filter(({ people }) => people > 0)
          .sort((a, b) => b.people - a.people)
      },
      async timeline(id) {
        const person = company.people.find(
          ({ leads, contacts }) =>
            leads.some((lead) => id === `lead:${lead}`) || contacts.some((c) => id === `contact:${c}`),
        )
        if (!person) return undefined
        const journeys = byPerson(company.journeys, person.id)
        return {
          person,
          engagements: byPerson(company.engagements, person.id),
          journeys,
          interactions: byPerson(company.interactions, person.id),
          opportunities: company.opportunities.filter(({ id }) =>
            journeys.some((journey) => journey.primaryOpportunity === id),
          ),
          history: historyOfPerson(company, person),
          findings: company.findings.filter(({ record }) => record === person.id),
          names,
        }
      },
    },
    async opportunity(id) {
      const known = company.opportunities.find((one) => one.id === id)
      if (!known) return undefined
      const stories = company.journeys.flatMap((journey) => {
        const engagement = company.engagements.find((one) => one.id === journey.id)
        return engagement ? [{ journey, engagement }] : []
      })
      const chosen = byHand.filter((fact) => fact.opportunity === id)
      const last = chosen.at(-1)
      const opportunity =
        last?.kind === 'attribution-set'
          ? {
              ...known,
              attributionActivation: last.activation ?? known.attributionActivation,
              attributionBecause: { rule: 'L9', fact: last.id },
            }
          : known
      const people = Object.fromEntries(
        opportunity.contactRoles.flatMap(({ contact }) =>
          company.people.filter(({ contacts }) => contacts.includes(contact)).map((person) => [contact, person]),
        ),
      )
      return {
        opportunity,
        attribution: stories.find(({ journey }) => journey.id === opportunity.attributionActivation) ?? null,
        journeys: stories.filter(({ journey }) => journey.primaryOpportunity === id),
        people,
        choices: stories.filter(({ journey }) => Object.values(people).some((one) => one.id === journey.person)),
        history: historyOfOpportunity(opportunity, chosen),
        findings: company.findings.filter(({ record }) => record === `opportunity:${id}`),
        names,
      }
    },
    async attribute({ opportunity, person, activation, reason, by, key }) {
      const id = `throughline/Opportunity/${opportunity}/attribution-${key}`
      if (byHand.some((fact) => fact.id === id)) return { added: 0, repeated: 1 }
      const told = { id, occurredAt: AS_OF, recordedAt: AS_OF, opportunity, reason, by }
      byHand.push(
        person
          ? { ...told, kind: 'attribution-set', person, ...(activation && { activation }) }
          : { ...told, kind: 'attribution-released' },
      )
      return { added: 1, repeated: 0 }
    },
    account: async (id) => fakeAccount(company, lines, id),
    users: async () => Object.entries(USERS).map(([id, name]) => ({ id, name, role: null, queue: id.startsWith('q') })),
    explain: async (record) => explain(company, record),
    async receive(facts) {
      const added = facts.filter(({ id }) => !known.has(id) && known.add(id)).length
      return { added, repeated: facts.length - added }
    },
    profiles: {
      get: async (keys) =>
        new Map(keys.flatMap((key) => (company.profiles.has(key) ? [[key, company.profiles.get(key)]] : [])) as never),
      async search(text, limit) {
        const wanted = text.toLowerCase()
        return [...company.profiles.values()]
          .filter(({ firstName, lastName, email, company }) =>
            `${firstName} ${lastName}\n${email}\n${company}`.toLowerCase().includes(wanted),
          )
          .slice(0, limit)
          .map(({ key }) => key)
      },
    },
  }
}

function explain(company: Company, record: string): Explanation | undefined {
  const [id = '', part] = record.split('#')
  const engagement = company.engagements.find((known) => known.id === id)
  const journey = company.journeys.find((known) => known.id === id)
  if (engagement && !part) {
    const isActivation = engagement.recordType === 'Activation'
    return explanation(record, engagement.because.rule, engagement.at, engagement, {
      statement: `This is ${isActivation ? 'an Activation' : 'an Influencing Engagement'} of ${engagement.person}.`,
      alternative: isActivation
        ? { statement: 'An Influencing Engagement', rule: 'A4', lostBecause: 'no journey was open at that moment' }
        : { statement: 'An Activation', rule: 'A5', lostBecause: 'the journey it belongs to was still open' },
    })
  }
  if (journey && part) return explainPart(record, part, journey)
  const opportunity = company.opportunities.find((known) => `opportunity:${known.id}` === id)
  if (opportunity)
    return explanation(record, part ? 'G10' : 'L6', opportunity.createdAt, undefined, {
      statement: `“${opportunity.name}” is credited to ${opportunity.attributionActivation}.`,
    })
  return undefined
}

function explainPart(record: string, part: string, journey: Journey): Explanation | undefined {
  if (part === 'completion') {
    const { completion } = journey
    return explanation(record, completion?.because.rule ?? 'J6', completion?.at ?? AS_OF, undefined, {
      statement: completion
        ? `The journey ended with the outcome “${completion.outcome}”.`
        : 'The journey is open: nothing has ended it.',
    })
  }
  const stage = Number(part.replace('stage-', ''))
  const stamp = journey.stages[stage - 1]
  return explanation(record, stamp?.because.rule ?? 'G2', stamp?.at ?? AS_OF, undefined, {
    statement: stamp
      ? `Stage ${stage} was reached on ${dayOf(ORGANISATION.zone, stamp.at)}.`
      : `Stage ${stage} was not reached.`,
    ...(!stamp && {
      alternative: {
        statement: `Stage ${stage} is stamped`,
        rule: 'G2',
        lostBecause: 'no change while the journey was open met its criteria',
      },
    }),
  })
}

function explanation(
  record: string,
  rule: string,
  at: Instant,
  engagement: Engagement | undefined,
  said: { statement: string; alternative?: Explanation['alternatives'][number] },
): Explanation {
  const fact: Fact = engagement
    ? {
        kind: 'interaction-recorded',
        id: engagement.because.fact,
        occurredAt: engagement.at,
        recordedAt: engagement.recordedAt,
        person: engagement.person ?? 'lead:0',
        channel: 'form',
        submission: { first: engagement.first, engagementType: engagement.engagementType ?? 'Form' },
      }
    : {
        kind: 'status-changed',
        id: `fake/${at}`,
        occurredAt: at,
        recordedAt: at,
        record: 'lead:00Q0',
        from: 'Open',
        to: 'Routed',
      }
  return {
    record,
    so: !said.statement.includes('not reached') && !said.statement.includes('is open'),
    statement: said.statement,
    because: { rule, fact: fact.id },
    rule: { id: rule, text: RULES[rule] ?? 'See the specification.' },
    facts: [
      { fact, role: engagement ? 'the interaction itself' : 'the change that did it', source: 'Salesforce Lead 00Q0' },
    ],
    alternatives: said.alternative ? [said.alternative] : [],
    ranking: {
      strategy: 'began-the-process',
      candidates: [{ record, label: 'the only one', place: 1, reasons: ['began first'] }],
    },
    flips: [{ change: 'Had it not happened', fact: fact.id, result: 'it would be otherwise' }],
    sufficient: [fact.id],
    related: engagement?.parent ? [{ record: engagement.parent, label: 'The activation it influenced' }] : [],
  }
}

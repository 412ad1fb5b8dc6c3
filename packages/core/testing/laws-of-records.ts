import { DAY_MS, keysOf } from '../src/index.ts'
import { crampedHistory, peopleHistory } from './histories.ts'
import { type Books, differences, type Law, SPECIFIED } from './law.ts'

/** A law about the records of one result. */
function law(title: string, breaches: (books: Books) => Iterable<string>, histories = crampedHistory): Law {
  return { title, histories, breaches: ({ books }) => [...breaches(books)] }
}

/** Laws about what is derived: how records agree with each other and with the facts. */
export const LAWS_OF_RECORDS: readonly Law[] = [
  law('every id is there once, and lists are in the order of their ids', function* (books) {
    for (const list of [books.people, books.engagements, books.journeys, books.opportunities, books.interactions])
      for (const [index, { id }] of list.entries()) {
        const before = list[index - 1]
        if (before && !(before.id < id)) yield `${id} stands after ${before.id}`
      }
  }),

  law('every record names a given fact and a numbered rule', function* ({ history, ...books }) {
    const given = new Set(history.facts.map((fact) => fact.id))
    const becauses = [
      ...books.engagements.map((one) => ({ of: one.id as string, because: one.because })),
      ...books.interactions.map((one) => ({ of: one.id as string, because: one.because })),
      ...books.journeys.flatMap((one) =>
        [...one.stages, one.completion].map((part) => ({ of: one.id as string, because: part?.because })),
      ),
      ...books.opportunities.flatMap((one) =>
        [...one.stages.map((part) => part?.because), one.attributionBecause].map((because) => ({
          of: one.id,
          because,
        })),
      ),
    ]
    for (const { of, because } of becauses) {
      if (!because) continue
      if (!SPECIFIED.has(because.rule)) yield `${of}: SPEC.md has no rule ${because.rule}`
      if (!given.has(because.fact)) yield `${of}: nobody reported ${because.fact}`
    }
    for (const finding of books.findings)
      if (!given.has(finding.fact)) yield `${finding.code}: nobody reported ${finding.fact}`
  }),

  law('whoever is spoken of exists', function* (books) {
    const people = new Set(books.people.map((one) => one.id))
    const contacts = new Set(books.people.flatMap((one) => one.contacts))
    const leads = new Set(books.people.flatMap((one) => one.leads))
    for (const one of books.engagements) {
      if (one.person !== null && !people.has(one.person)) yield `${one.id}: nobody is ${one.person}`
      if (one.lead !== null && !leads.has(one.lead)) yield `${one.id}: there is no lead ${one.lead}`
      if (one.contact !== null && !contacts.has(one.contact)) yield `${one.id}: there is no contact ${one.contact}`
    }
    for (const one of books.interactions) {
      if (!people.has(one.person)) yield `${one.id}: nobody is ${one.person}`
      if (one.engagement !== null && !books.engagement.has(one.engagement))
        yield `${one.id}: there is no ${one.engagement}`
    }
    for (const one of books.opportunities)
      for (const { contact } of one.contactRoles)
        if (!contacts.has(contact)) yield `${one.id}: there is no contact ${contact}`
    for (const { id, primaryOpportunity } of books.journeys)
      if (primaryOpportunity !== null && !books.opportunity.has(primaryOpportunity))
        yield `${id}: no ${primaryOpportunity}`
  }),

  law('[W1] nothing is said to have come before a creation that was reported', function* (books) {
    const created = new Set<string>()
    for (const fact of books.history.facts)
      if (fact.kind.endsWith('-created') && fact.recordedAt <= books.history.asOf) created.add(keysOf(fact)[0])
    for (const { code, record } of books.findings)
      if (['changed-before-created', 'unknown-opportunity'].includes(code) && created.has(record))
        yield `${record}: ${code}, but its creation was reported`
  }),

  law(
    '[A8] [B5] an activation has a type and a journey, an influencing engagement has a parent and neither',
    function* (books) {
      for (const one of books.engagements) {
        const activation = one.recordType === 'Activation'
        if (activation !== (one.activationType !== null))
          yield `${one.id}: ${one.recordType} of type ${one.activationType}`
        if (activation !== books.journey.has(one.id))
          yield `${one.id}: ${one.recordType}, but of its journey the opposite`
        if (activation !== (one.parent === null)) yield `${one.id}: ${one.recordType} with parent ${one.parent}`
        if (!activation && one.previous !== null) yield `${one.id}: influences, but has a previous journey`
      }
      if (books.journeys.length > books.engagements.length) yield 'there are journeys without engagements'
    },
  ),

  law('[A4] an influencing engagement belongs to a journey of the same person that was open then', function* (books) {
    const facts = new Map(books.history.facts.map((fact) => [fact.id, fact]))
    for (const one of books.engagements) {
      if (one.parent === null) continue
      const parent = books.engagement.get(one.parent)
      if (parent?.recordType !== 'Activation') yield `${one.id}: its parent ${one.parent} is no activation`
      else if (parent.person !== one.person) yield `${one.id} of ${one.person} has a parent of ${parent.person}`
      const fact = facts.get(one.id.slice(4))
      const end = books.journey.get(one.parent)?.completion?.at
      const then =
        books.rules.order === 'recorded' ? one.recordedAt : Math.min(fact?.occurredAt ?? 0, fact?.recordedAt ?? 0)
      if (end !== undefined && end < then) yield `${one.id}: its parent ${one.parent} ended at ${end}, before ${then}`
    }
  }),

  law('[B1] [B2] [A5] the journey before an activation is another one of the same person', function* (books) {
    for (const one of books.engagements) {
      if (one.recordType !== 'Activation' || one.person === null) continue
      const seen = new Set<string>([one.id])
      for (let before = one.previous; before !== null; ) {
        if (seen.has(before)) {
          yield `${one.id}: its previous journeys go round in a circle`
          break
        }
        seen.add(before)
        const previous = books.engagement.get(before)
        if (previous?.recordType !== 'Activation') yield `${one.id}: a previous journey ${before} is no activation`
        else if (previous.person !== one.person) yield `${one.id}: ${before} is somebody else's`
        before = previous?.previous ?? null
      }
      if ((one.previous === null) !== (one.activationType === 'Original Activation'))
        yield `${one.id}: ${one.activationType} after ${one.previous}`
    }
  }),

  law(
    '[A12] [I6] [I8] a person has one open journey at most, or a finding says that a merge left several',
    function* (books) {
      const told = new Set(
        books.findings.filter((one) => one.code === 'several-open-journeys').map((one) => one.record),
      )
      const first = new Map<string, string>()
      for (const one of books.journeys) {
        if (one.person === null || one.completion || one.voided) continue
        const other = first.get(one.person)
        if (other && !told.has(one.person)) yield `${one.person}: ${other} and ${one.id} are both open`
        first.set(one.person, one.id)
      }
    },
  ),

  law('[I8] [J10] the current activation is the person’s own, and open if any of theirs is', function* (books) {
    for (const person of books.people) {
      const own = books.engagements.filter((one) => one.person === person.id && one.recordType === 'Activation')
      if (person.currentActivation === null) {
        if (own.length > 0) yield `${person.id} has journeys and none is current`
        continue
      }
      const current = books.journey.get(person.currentActivation)
      if (current?.person !== person.id) yield `${person.id}: ${person.currentActivation} is not theirs`
      if (person.dormant !== (current?.completion !== null)) yield `${person.id}: dormant ${person.dormant}`
      const open = own.find((one) => !books.journey.get(one.id)?.completion)
      if (person.dormant && open) yield `${person.id} is dormant although ${open.id} is open`
    }
  }),

  law('[A6] [A8] everybody who has an engagement has an activation', function* (books) {
    const activated = new Set(books.journeys.map((one) => one.person))
    for (const one of books.engagements)
      if (one.person !== null && !activated.has(one.person)) yield `${one.person} has ${one.id} and no journey`
    if (activated.size > books.journeys.length) yield 'there are more people than journeys'
  }),

  law(
    '[A5] [B1] where nobody is joined, journeys follow each other and the last is current',
    function* (books) {
      // Addresses may join records all the same. [ID4]
      if (books.rules.identity.email === 'records') return
      for (const person of books.people) {
        const own = books.engagements.filter((one) => one.person === person.id && one.recordType === 'Activation')
        const followed = own.map((one) => one.previous)
        const last = own.filter((one) => !followed.includes(one.id))
        if (new Set(followed).size < own.length) yield `${person.id}: two journeys follow one`
        if (own.length > 0 && (last.length !== 1 || last[0]?.id !== person.currentActivation))
          yield `${person.id}: current is ${person.currentActivation}, last ${last.map((one) => one.id)}`
      }
    },
    peopleHistory,
  ),

  law('[C3] [C4] [D4] an engagement of a submission says what the submission said, click by click', function* (books) {
    const facts = new Map(books.history.facts.map((fact) => [fact.id, fact]))
    for (const one of books.engagements) {
      const fact = facts.get(one.id.slice('eng:'.length))
      if (fact?.kind !== 'interaction-recorded') continue
      const { first, last, engagementType } = fact.submission
      yield* differences(`${one.id}, first click`, first ?? last ?? {}, one.first)
      yield* differences(`${one.id}, last click`, last ?? first ?? {}, one.last)
      yield* differences(`${one.id}, type`, engagementType ?? null, one.engagementType)
    }
  }),

  law('[G1] stage 1 is reached when the engagement happened', function* (books) {
    for (const one of books.journeys)
      if (one.stages[0].at !== books.engagement.get(one.id)?.at) yield `${one.id}: stage 1 at ${one.stages[0].at}`
  }),

  law('[G3] [G6] stages never go backwards, and none is skipped', function* (books) {
    for (const one of books.journeys) {
      const [first, second, third] = one.stages
      if (second && second.at < first.at) yield `${one.id}: stage 2 before stage 1`
      if (third && !second) yield `${one.id}: stage 3 without stage 2`
      if (third && second && third.at < second.at) yield `${one.id}: stage 3 before stage 2`
    }
    for (const { id, stages } of books.opportunities) {
      const [fourth, fifth, sixth] = stages
      if (fifth && fifth.at < fourth.at) yield `${id}: stage 5 before stage 4`
      if (sixth && !fifth) yield `${id}: stage 6 without stage 5`
    }
  }),

  law('[G7] [G13] an activation that shows stages 4 to 6 has passed stages 2 and 3', function* (books) {
    for (const { id, stages } of books.journeys) {
      const reached = stages.findLastIndex((stamp) => stamp !== null)
      if (reached < 3) continue
      for (const place of [1, 2] as const) if (!stages[place]) yield `${id} shows stage 4 without stage ${place + 1}`
      if (reached === 5 && !stages[4]) yield `${id} shows stage 6 without stage 5`
    }
  }),

  law(
    '[G8] [G10] [G11] stage 4 is the opportunity’s creation, and stage 6 is there while it is won',
    function* (books) {
      for (const { id, stages, createdAt, won } of books.opportunities) {
        if (stages[0].at !== createdAt) yield `${id}: stage 4 at ${stages[0].at}, created at ${createdAt}`
        if (won !== (stages[2] !== null)) yield `${id}: won ${won}, stage 6 ${stages[2]?.at}`
      }
    },
  ),

  law('an owner is somebody or nobody, never a blank', function* (books) {
    for (const { id, stages } of [...books.journeys, ...books.opportunities])
      for (const stamp of stages) if (stamp && stamp.owner === '') yield `${id}: a stage of a nameless owner`
  }),

  law('[J9] a journey that ended has a date and an outcome, and ended after all it reached', function* (books) {
    for (const one of books.journeys) {
      if (!one.completion) continue
      if (!one.completion.outcome || !Number.isSafeInteger(one.completion.at)) yield `${one.id}: half a completion`
      for (const stamp of one.stages.slice(0, 3))
        if (stamp && stamp.at > one.completion.at)
          yield `${one.id}: ended at ${one.completion.at}, reached a stage at ${stamp.at}`
    }
  }),

  law('[J6] [J7] silence ends a journey after the full number of days, at a daily run', function* (books) {
    const byHand = new Set(books.history.facts.filter((fact) => fact.kind === 'attribution-set').map((fact) => fact.id))
    const { dormancy, organisation } = books.rules
    for (const one of books.journeys) {
      if (one.completion?.because.rule !== 'J6') continue
      const engagement = books.engagement.get(one.id)
      const heard = books.engagements
        .filter((other) => other.id === one.id || other.parent === one.id)
        .flatMap((other) => [other.at, other.recordedAt])
      // What was filled when the finished journey was credited by hand came after the silence. [L9]
      const reached = one.stages.slice(0, 3).filter((stamp) => stamp && !byHand.has(stamp.because.fact))
      const last = Math.max(...heard, ...reached.map((stamp) => stamp?.at ?? 0))
      const idle = one.completion.at - last
      if (idle < dormancy.days * DAY_MS) yield `${one.id}: ended after ${idle / DAY_MS} days of silence`
      const offset = organisation.zone.offsets[0]?.[1] ?? 0
      if ((one.completion.at + offset) % DAY_MS !== dormancy.runAtMinute * 60_000)
        yield `${one.id}: ended between two runs`
      if (engagement && !dormancy.enabled) yield `${one.id}: dormancy is off`
    }
  }),

  law('[J3] [J6] only its close ends a journey that has a primary opportunity', function* (books) {
    const kinds = new Map(books.history.facts.map((fact) => [fact.id, fact]))
    for (const { id, completion, primaryOpportunity } of books.journeys) {
      if (!completion || primaryOpportunity === null || isSetByHand(books, primaryOpportunity)) continue
      const fact = kinds.get(completion.because.fact)
      const own = fact && (keysOf(fact) as readonly string[]).includes(`opportunity:${primaryOpportunity}`)
      if (completion.because.rule !== 'J4' || !own)
        yield `${id} of ${primaryOpportunity} was ended by ${completion.because.rule} and ${completion.because.fact}`
    }
  }),

  law('[J6] no open journey has been silent for too long, and none would be before wakeAt', function* (books) {
    for (const { id, dormantAt, completion } of books.journeys) {
      if (dormantAt === null) continue
      if (completion) yield `${id} is complete and would go dormant`
      if (dormantAt <= books.history.asOf) yield `${id} should have gone dormant at ${dormantAt}`
      if (books.wakeAt === null || books.wakeAt > dormantAt) yield `${id} would go dormant before wakeAt`
    }
  }),

  law('[J3] [J4] an open journey’s primary opportunity is open', function* (books) {
    for (const one of books.journeys) {
      if (one.completion || one.voided || one.primaryOpportunity === null) continue
      const { closed, deleted } = books.opportunity.get(one.primaryOpportunity) ?? {}
      if (closed || deleted) yield `${one.id} is open, ${one.primaryOpportunity} is ${deleted ? 'deleted' : 'closed'}`
    }
  }),

  law('[J4] a journey that its opportunity’s close ended has that close’s outcome', function* (books) {
    const { outcomes } = books.rules
    for (const { id, completion, person, primaryOpportunity, voided } of books.journeys) {
      const primary = primaryOpportunity === null ? undefined : books.opportunity.get(primaryOpportunity)
      if (voided || completion?.because.rule !== 'J4' || !primary?.closed || isSetByHand(books, primary.id)) continue
      // Where another journey of theirs was current when its opportunity moved on, history stands. [J12]
      if (person !== null && books.journeys.some((other) => other.person === person && other.id !== id)) continue
      if (completion.outcome !== (primary.won ? outcomes.won : outcomes.lost))
        yield `${id}: ${completion.outcome}, but ${primary.id} is ${primary.won ? 'won' : 'lost'}`
    }
  }),

  law('[L1] [L2] [G13] a journey’s primary opportunity, its type and its stages 4 to 6 agree', function* (books) {
    for (const one of books.journeys) {
      if ((one.primaryOpportunity === null) !== (one.primaryOpportunityType === null)) yield `${one.id}: half a link`
      const primary = one.primaryOpportunity === null ? undefined : books.opportunity.get(one.primaryOpportunity)
      const attributed = primary?.attributionActivation === one.id
      if (primary && attributed !== (one.primaryOpportunityType === 'Attribution Activation'))
        yield `${one.id}: ${one.primaryOpportunityType}, and ${primary.id} is attributed to ${primary.attributionActivation}`
      for (const place of [3, 4, 5] as const)
        if (one.stages[place]?.at !== (attributed ? primary?.stages[place - 3]?.at : undefined))
          yield `${one.id}: stage ${place + 1} is not its opportunity's`
    }
  }),

  law(
    '[N1] [L1] after the grace period every opportunity is attributed to an activation that counts',
    function* (books) {
      for (const one of books.opportunities) {
        if (one.deleted) continue
        if (one.attributionActivation === null) {
          if (one.createdAt + books.rules.opportunityAttribution.graceMs <= books.history.asOf)
            yield `${one.id} is attributed to nothing`
          continue
        }
        const activation = books.engagement.get(one.attributionActivation)
        if (activation?.recordType !== 'Activation') yield `${one.id}: ${one.attributionActivation} is no activation`
        if (activation?.voided) yield `${one.id}: ${one.attributionActivation} is void`
      }
    },
  ),

  law('[L8] an opportunity’s attribution contact is the contact of its attribution activation', function* (books) {
    for (const one of books.opportunities) {
      const activation =
        one.attributionActivation === null ? undefined : books.engagement.get(one.attributionActivation)
      if (one.attributionContact !== (activation?.contact ?? null))
        yield `${one.id}: ${one.attributionContact}, not ${activation?.contact}`
      const byRole = one.attributionBecause && ['L4', 'N5'].includes(one.attributionBecause.rule)
      if (byRole && one.attributionContact === null)
        yield `${one.id}: a contact role attributed it, but it has no contact`
    }
  }),

  law('[N5] only a fallback can be void, and then nothing is attributed to it', function* (books) {
    for (const one of books.engagements)
      if (one.voided && one.activationType !== 'Opportunity Creation') yield `${one.id}: ${one.activationType} is void`
  }),

  law('[D3] nothing happened after it was recorded', function* (books) {
    for (const one of [...books.engagements, ...books.interactions])
      if (one.at > one.recordedAt) yield `${one.id}: happened at ${one.at}, recorded at ${one.recordedAt}`
  }),

  law('[A9] every engagement of a person is one of their interactions', function* (books) {
    const told = new Map(books.interactions.filter((one) => one.engagement).map((one) => [one.engagement, one]))
    for (const one of books.engagements)
      if (one.person !== null && told.get(one.id)?.person !== one.person)
        yield `${one.id} is no interaction of ${one.person}`
  }),
]

/** Whether somebody credited the opportunity by hand, perhaps to a journey that was over: its end then stays. [L9] */
function isSetByHand({ history }: Books, opportunity: string): boolean {
  return history.facts.some((fact) => fact.kind === 'attribution-set' && fact.opportunity === opportunity)
}

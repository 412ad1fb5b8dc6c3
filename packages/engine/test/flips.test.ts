import {
  type ClusterFact,
  DAY_MS,
  DEFAULT_RULES,
  derive,
  directoryOf,
  MINUTE_MS,
  type Rules,
  type TraceEntry,
} from '@throughline/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crampedHistory, DIRECTORY, type History, rulesOf } from '../../core/testing/histories.ts'
import { told } from '../../core/testing/law.ts'
import { decisionOn } from '../src/decision.ts'
import { type Folded, fold, questionOf, tellAnswer, type World } from '../src/explained-part.ts'
import { explain } from '../src/explanation.ts'
import { changesThatFlip } from '../src/flips.ts'
import { questionsAbout } from '../testing/questions.ts'

/** Flips of a question about a history that do not do what they say when they are carried out. */
function untrue(record: string, world: World): string[] {
  const question = questionOf(record)
  if (!question) return [`${record} cannot be asked`]
  const unlimited = { left: Number.POSITIVE_INFINITY }
  const trace: TraceEntry[] = []
  const folded = fold(question, world, unlimited, trace) as Folded
  const decision = decisionOn(question, world, folded, trace)
  const telling = world.facts.filter(({ id }) => decision.facts.includes(id))
  const matter = { question, world, folded, decision, trace, telling }
  const found: string[] = []
  let size = 0
  for (const { change, flip } of changesThatFlip(matter, { left: 5_000 })) {
    const { facts, rules, asOf } = change
    const other = { ...world, facts: facts?.(world.facts) ?? world.facts, rules: rules ?? world.rules }
    const then = fold(question, { ...other, asOf: asOf ?? world.asOf }, unlimited) as Folded
    const sentence = `${flip.change}, ${flip.result}.`
    if (seen(question.id, then) === seen(question.id, folded)) found.push(`${record}: nothing changes. ${sentence}`)
    if (tellAnswer(question, then, world.rules) !== flip.result) found.push(`${record}: something else. ${sentence}`)
    // What leaves nothing to ask about comes last, whatever its size.
    if (change.size < size && then.part !== undefined) found.push(`${record}: not the smallest first. ${sentence}`)
    size = change.size
  }
  return found
}

/** All of the asked part; of an interaction also the engagement that it made. */
const seen = (id: string, { derivation, part }: Folded): string =>
  JSON.stringify([
    part ?? null,
    id.startsWith('int:') && derivation.engagements.find((one) => one.id === `eng:${id.slice(4)}`),
  ])

const worldOf = ({ facts, settings, asOf }: History): World => ({
  facts: facts.filter(({ recordedAt }) => recordedAt <= asOf),
  directory: directoryOf(DIRECTORY, asOf),
  rules: rulesOf(settings),
  asOf,
})

/** A tenth of all questions about a history. */
function some({ salt }: History, { facts, directory, rules, asOf }: World): string[] {
  const all = questionsAbout(derive(facts, directory, rules, asOf), facts)
  return all.filter((_, place) => place % 10 === salt % 10)
}

describe('changes that would make it otherwise', () => {
  it('do what they say when they are carried out, the smallest first', { timeout: 600_000 }, () => {
    const { counterexample } = fc.check(
      fc.property(crampedHistory, (history) => {
        const world = worldOf(history)
        return some(history, world).every((record) => untrue(record, world).length === 0)
      }),
      { numRuns: 80 },
    )
    const [history] = counterexample ?? []
    if (!history) return
    const world = worldOf(history)
    throw new Error(
      `${some(history, world)
        .flatMap((record) => untrue(record, world))
        .join('\n')}\n\n${told(history)}`,
    )
  })
})

const START = Date.UTC(2026, 2, 2, 9)
const days = (count: number): number => START + count * DAY_MS
const at = (moment: number) => ({ occurredAt: moment, recordedAt: moment })
const made = { by: 'bea', owner: 'bea' }

const lead: ClusterFact = { id: 'lead', kind: 'lead-created', lead: 'L1', ...made, ...at(days(0)) }
const contact: ClusterFact = { id: 'contact', kind: 'contact-created', contact: 'C1', ...made, ...at(days(0)) }
const later: ClusterFact = { id: 'later', kind: 'contact-created', contact: 'C2', ...made, ...at(days(1)) }
const opportunity: ClusterFact = {
  id: 'deal',
  kind: 'opportunity-created',
  opportunity: 'O1',
  ...made,
  ...at(days(10)),
}
const roleOf = (contactId: string, moment: number, primary = false): ClusterFact => ({
  id: `role-${contactId}`,
  kind: 'contact-role-added',
  contactRole: `R-${contactId}`,
  contact: contactId,
  opportunity: 'O1',
  primary,
  by: 'bea',
  ...at(moment),
})
const form = (moment: number, submission: object = { engagementType: 'Webinar' }): ClusterFact => ({
  id: `form-${moment}`,
  kind: 'interaction-recorded',
  person: 'lead:L1',
  channel: 'form',
  submission,
  ...at(moment),
})

const why = (record: string, facts: readonly ClusterFact[], asOf = days(20), rules: Rules = DEFAULT_RULES) => {
  const explanation = explain(record, facts, directoryOf([], asOf), rules, asOf, (id) => id)
  if (!explanation) throw new Error(`${record} has no explanation`)
  return explanation
}
const sentences = (...given: Parameters<typeof why>) =>
  why(...given).flips.map(({ change, result }) => `${change}, ${result}.`)

describe('why not', () => {
  it('[G2] no stage 3: the status that its criteria ask for', () => {
    const [first] = sentences('eng:lead#stage-3', [lead])
    expect(first).toBe(
      'Had lead L1 been set to the status "Working" by 2026-03-22 09:00, stage 3 would be reached on 2026-03-22 by bea.',
    )
  })

  it('[G4] no stage because the journey was complete: the status before its end', () => {
    const facts: ClusterFact[] = [
      lead,
      { id: 'lost', kind: 'status-changed', record: 'lead:L1', to: 'Disqualified', ...at(days(3)) },
      { id: 'work', kind: 'status-changed', record: 'lead:L1', to: 'Working', ...at(days(5)) },
    ]
    expect(why('eng:lead#stage-3', facts).rule?.id).toBe('G4')
    expect(sentences('eng:lead#stage-3', facts)).toContain(
      'Had lead L1 been set to the status "Working" by 2026-03-05 08:59, 2 days earlier, stage 3 would be reached on 2026-03-05 by bea.',
    )
    expect(sentences('eng:lead#stage-3', facts)).toContain(
      'Had lead L1 not been set to the status "Disqualified" on 2026-03-05, stage 3 would be reached on 2026-03-07 by bea.',
    )
  })

  it('[J6] no end: the silence that is left, and dispositions', () => {
    const found = sentences('eng:lead#completion', [lead])
    expect(found[0]).toBe(
      'If nothing more happens until 2026-06-01 00:05, in 71 days, the journey would have ended on 2026-06-01 as "Lead Dormancy".',
    )
    expect(found).toContain(
      'Had lead L1 been set to the status "Disqualified" by 2026-03-22 09:00, the journey would have ended on 2026-03-22 as "Disqualified Lead".',
    )
  })

  it('[J3] no end although the status was set: the contact role that gave the opportunity control', () => {
    const facts: ClusterFact[] = [
      contact,
      opportunity,
      roleOf('C1', days(10)),
      { id: 'lost', kind: 'status-changed', record: 'contact:C1', to: 'Disqualified', ...at(days(12)) },
    ]
    expect(why('eng:contact#completion', facts).rule?.id).toBe('J3')
    expect(sentences('eng:contact#completion', facts)).toContain(
      'Had contact C1 not been put on opportunity O1 on 2026-03-12, the journey would have ended on 2026-03-14 as "Disqualified Contact".',
    )
  })

  it('[L2] no primary opportunity: a contact role on one that is open, or a conversion', () => {
    expect(sentences('eng:contact#primary-opportunity', [contact, opportunity, later, roleOf('C2', days(10))])[0]).toBe(
      'Had contact C1 been put on opportunity O1 by 2026-03-22 09:00, its primary opportunity would be O1 (Influencing Activation).',
    )
    expect(sentences('eng:lead#primary-opportunity', [lead])[0]).toBe(
      'Had lead L1 been converted into a new contact and a new opportunity been created and a new contact been put on a new opportunity by 2026-03-22 09:00, its primary opportunity would be a new opportunity (Attribution Activation).',
    )
  })

  it('[N5] not attributed yet: the grace period that is left', () => {
    const found = sentences('opportunity:O1#attribution-activation', [opportunity], days(10) + 5 * MINUTE_MS)
    expect(found[0]).toBe(
      'If nothing more happens until 2026-03-12 09:15, in 10 minutes, it would be attributed to the fallback eng:deal.',
    )
  })

  it('[N1] attributed to a fallback because the contact role came late: the role by the end of the grace period', () => {
    const late = roleOf('C1', days(14))
    const facts = [contact, opportunity, late].map((fact) =>
      fact.id === 'contact' ? { ...fact, ...at(days(11)) } : fact,
    )
    expect(why('opportunity:O1', facts as ClusterFact[]).rule?.id).toBe('N1')
    const found = sentences('opportunity:O1', [contact, opportunity, { ...late, contact: 'C9' } as ClusterFact])
    expect(found.join('\n')).toContain('Had contact C9 been put on opportunity O1 by 2026-03-12')
  })

  it('[D2] [D7] [ID3] no engagement: values, the window, somebody with the address', () => {
    const bare = form(days(2), { engagementAt: days(2) })
    expect(why(`int:${bare.id}`, [lead, bare])).toMatchObject({ so: false, rule: { id: 'D2' } })
    expect(sentences(`int:${bare.id}`, [lead, bare])[0]).toBe(
      'Had another engagement type arrived with it, it would make an Influencing Engagement of eng:lead.',
    )
    const [one, two] = [form(days(2)), form(days(2) + MINUTE_MS)]
    expect(why(`int:${two.id}`, [lead, one, two]).rule?.id).toBe('D7')
    expect(sentences(`int:${two.id}`, [lead, one, two]).join('\n')).toContain(
      'Were a repeat within 5 minutes not taken for a double post, it would make an Influencing Engagement of eng:lead.',
    )
    const unknown = { ...form(days(2)), person: 'email:e1' } as ClusterFact
    expect(why(`int:${unknown.id}`, [unknown])).toMatchObject({ so: false, rule: { id: 'ID3' } })
    expect(sentences(`int:${unknown.id}`, [unknown])[0]).toBe(
      'Had a new lead been created by 2026-03-04 08:59, it would make an Influencing Engagement of the engagement which that makes.',
    )
  })

  it('[O1] [P1] no engagement: a task or campaign rule that would name it', () => {
    const rules: Rules = {
      ...DEFAULT_RULES,
      tasks: [
        {
          name: 'Calls',
          criteria: [[{ field: 'type', operator: 'equals', value: 'Call' }]],
          values: { medium: 'call' },
        },
      ],
    }
    const task: ClusterFact = {
      id: 'task',
      kind: 'task-recorded',
      task: 'T1',
      person: 'lead:L1',
      owner: 'bea',
      type: 'E-mail',
      ...at(days(2)),
    }
    expect(why('int:task', [lead, task], days(20), rules).rule?.id).toBe('O1')
    expect(sentences('int:task', [lead, task], days(20), rules)[0]).toBe(
      'Had the task had the type "Call", it would make an Influencing Engagement of eng:lead.',
    )
    const member: ClusterFact = {
      id: 'member',
      kind: 'campaign-member-set',
      member: 'M1',
      campaign: 'K1',
      person: 'lead:L1',
      ...at(days(2)),
    }
    expect(why('int:member', [lead, member]).rule?.id).toBe('P1')
    expect(sentences('int:member', [lead, member]).join('\n')).toContain(
      'Did a campaign rule name campaign K1, it would make an Influencing Engagement of eng:lead.',
    )
  })

  it('[M3] no journey from a contact role: the contact’s journey was open', () => {
    const role = roleOf('C1', days(10))
    const explanation = why('int:role-C1', [contact, opportunity, role])
    expect(explanation).toMatchObject({ so: false, rule: { id: 'M3' } })
    expect(explanation.flips.map(({ change }) => change)).toContain('Had contact C1 not been created on 2026-03-02')
  })
})

describe('why so', () => {
  it('[A5] a new journey: the touch some days earlier, or a longer silence', () => {
    const back = form(days(120))
    const found = sentences(`eng:${back.id}`, [lead, back], days(130))
    expect(found[0]).toBe(
      'Had the form interaction of lead L1 taken place by 2026-06-01 00:04, 29 days earlier, it would be an Influencing Engagement of eng:lead.',
    )
    expect(found).toContain(
      'Did silence end a journey after 120 days instead of 90, it would be an Influencing Engagement of eng:lead.',
    )
  })

  it('[A4] an influence: the touch so much later that the journey had fallen silent', () => {
    const touch = form(days(10))
    expect(sentences(`eng:${touch.id}`, [lead, touch])[0]).toBe(
      'Had the form interaction of lead L1 taken place only on 2026-06-01 00:06, 81 days later, it would be an Activation (Reactivated Lead).',
    )
  })

  it('[L6] ranks the candidates, with what decided between neighbours and which strategy would choose another', () => {
    const facts = [contact, later, opportunity, roleOf('C1', days(10)), roleOf('C2', days(10), true)]
    const { ranking } = why('opportunity:O1', facts)
    expect(ranking).toEqual({
      strategy: 'began-the-process',
      candidates: [
        {
          record: 'eng:contact',
          label: 'Contact C1, Original Activation of 2026-03-02',
          place: 1,
          reasons: ['no contact role made the activation', 'the engagement is of 2026-03-02'],
        },
        {
          record: 'eng:later',
          label: 'Contact C2, Original Activation of 2026-03-03',
          place: 2,
          reasons: [
            'no contact role made the activation',
            'the engagement is of 2026-03-03',
            'behind eng:contact: there the engagement is of 2026-03-02',
          ],
        },
      ],
    })
    const strategies = why('opportunity:O1', facts, days(20), {
      ...DEFAULT_RULES,
      opportunityAttribution: { ...DEFAULT_RULES.opportunityAttribution, strategy: 'primary-role-first' },
    })
    expect(strategies.ranking?.candidates.map(({ record, reasons }) => [record, reasons.at(-1)])).toEqual([
      ['eng:later', 'the contact role is the primary one'],
      ['eng:contact', 'behind eng:later: there the contact role is the primary one'],
    ])
  })

  it('[I3] [I5] [I8] ranks merged journeys for the one that stays, the one that does not, and the person', () => {
    const facts: ClusterFact[] = [
      contact,
      later,
      { id: 'merge', kind: 'records-merged', survivor: 'contact:C2', merged: ['contact:C1'], ...at(days(5)) },
    ]
    const places = ['eng:contact', 'eng:later']
    for (const record of places) {
      const { ranking } = why(record, facts)
      expect(ranking?.strategy).toBe('earliest-engagement')
      expect(ranking?.candidates.map((one) => one.record)).toEqual(places)
    }
    expect(why('eng:later', facts)).toMatchObject({ so: true, rule: { id: 'I5' } })
    expect(sentences('eng:later', facts)).toContain(
      'Had contact C1 not been merged into contact C2 on 2026-03-07, it would be an Activation (Original Activation).',
    )
    expect(why('contact:C2', facts).rule?.id).toBe('I1')
  })

  it('[A4] says what the next interaction would become, and how many days are left', () => {
    const next = why('lead:L1#next', [lead])
    expect(next).toMatchObject({ so: true, rule: { id: 'A4' } })
    expect(next.statement).toBe(
      'The next interaction would be an Influencing Engagement of eng:lead: that journey is open. Without a sign of life it ends on 2026-06-01, in 71 days, and an interaction after that starts a new journey.',
    )
    expect(next.flips[0]).toEqual({
      change: 'If nothing more happens until 2026-06-01 00:05, in 71 days',
      fact: null,
      result: 'the next interaction would be an Activation (Reactivated Lead)',
    })
  })

  it('keeps within its budget of facts read', () => {
    const world: World = {
      facts: [lead, form(days(3))],
      directory: directoryOf([], days(9)),
      rules: DEFAULT_RULES,
      asOf: days(9),
    }
    const question = questionOf('eng:lead#stage-3')
    if (!question) throw new Error('it can be asked')
    const trace: TraceEntry[] = []
    const folded = fold(question, world, { left: 2 }, trace) as Folded
    const decision = decisionOn(question, world, folded, trace)
    const budget = { left: 1 }
    expect(changesThatFlip({ question, world, folded, decision, trace, telling: world.facts }, budget)).toEqual([])
    expect(budget.left).toBe(1)
    expect(fold(question, world, budget)).toBeUndefined()
  })
})

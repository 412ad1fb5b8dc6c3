import type { ClusterFact, Rules, Submission } from '@throughline/core'
import { altered, type Matter, type PossibleChange, setting } from './possible-change.ts'

/** Other values with which a touch could have arrived, and other words of the rule that named it. */
export function* otherValues(matter: Matter): Generator<PossibleChange> {
  const { question, world, telling } = matter
  if (/^(stage-[23]|completion)$/.test(question.part)) {
    for (const fact of telling)
      if (fact.kind === 'lead-created' || fact.kind === 'contact-created') yield* noStatus(fact)
    return
  }
  if (question.part !== 'values') return
  const fact = world.facts.find((one) => one.id === question.id.slice(4))
  if (!fact) return
  if (fact.kind === 'lead-created' || fact.kind === 'contact-created' || fact.kind === 'interaction-recorded')
    yield* otherTags(fact)
  if (fact.kind === 'lead-created' || fact.kind === 'contact-created' || fact.kind === 'opportunity-created')
    yield* otherLeadSource(fact, world.rules)
  if (fact.kind === 'contact-role-added')
    for (const [by, versions] of [...world.directory.users].filter(([id]) => id !== fact.by).slice(0, 1))
      yield altered(fact, { ...fact, by }, `Had ${versions[0]?.value.name ?? by} given the contact role`)
  if (fact.kind === 'campaign-member-set' || fact.kind === 'task-recorded') yield* otherRuleValues(fact, world.rules)
}

/** What was set at the creation of a record counts as just set. [G12] */
function* noStatus(
  fact: Extract<ClusterFact, { kind: 'lead-created' | 'contact-created' }>,
): Generator<PossibleChange> {
  const { status, ...without } = fact
  if (status === undefined) return
  const record = fact.kind === 'lead-created' ? `lead ${fact.lead}` : `contact ${fact.contact}`
  yield altered(fact, without, `Had ${record} been created without the status "${status}"`)
}

type Submitted = Extract<ClusterFact, { kind: 'lead-created' | 'contact-created' | 'interaction-recorded' }>

function* otherTags(fact: Submitted): Generator<PossibleChange> {
  const { first, last, engagementType, ...rest }: Submission = fact.submission ?? {}
  const given = { ...(first && { first }), ...(last && { last }), ...(engagementType && { engagementType }) }
  const change = (submission: Submission, words: string) =>
    altered(fact, { ...fact, submission: { ...rest, ...submission } } as ClusterFact, words)
  const { first: _first, ...withoutFirst } = given
  const { last: _last, ...withoutLast } = given
  if (first) yield change(withoutFirst, 'Had the first click brought no tags')
  if (last) yield change(withoutLast, 'Had the last click brought no tags')
  if (!first?.medium)
    yield change({ ...given, first: { ...first, medium: 'another medium' } }, 'Had the first click brought a medium')
  if (!last?.medium)
    yield change({ ...given, last: { ...last, medium: 'another medium' } }, 'Had the last click brought a medium')
}

type WithLeadSource = Extract<ClusterFact, { kind: 'lead-created' | 'contact-created' | 'opportunity-created' }>

function* otherLeadSource(fact: WithLeadSource, rules: Rules): Generator<PossibleChange> {
  const { leadSource, ...without } = fact
  if (leadSource !== undefined) yield altered(fact, without as ClusterFact, 'Had it had no Lead Source')
  const other = rules.leadSources.find((one) => one !== leadSource)
  if (other !== undefined) yield altered(fact, { ...fact, leadSource: other }, `Had its Lead Source been "${other}"`)
}

function* otherRuleValues(
  fact: Extract<ClusterFact, { kind: 'campaign-member-set' | 'task-recorded' }>,
  rules: Rules,
): Generator<PossibleChange> {
  const list = fact.kind === 'task-recorded' ? 'tasks' : 'campaigns'
  for (const rule of rules[list]) {
    const changed = { ...rule, values: { ...rule.values, medium: 'another medium' } }
    const all = rules[list].map((one) => (one === rule ? changed : one))
    yield setting({ ...rules, [list]: all } as Rules, `Did the rule "${rule.name}" name another medium`)
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClusterFact,
  DEFAULT_RULES,
  type DirectoryFact,
  derive,
  directoryOf,
  type Fact,
  isDirectoryFact,
  keysOf,
  type TraceEntry,
} from '@throughline/core'
import { beforeAll, expect, it } from 'vitest'
import { readSalesforceExport } from '../../packages/connectors/src/salesforce-export/read-export.ts'
import { openSource } from '../../packages/connectors/src/source/open-source.ts'
import { writeOrg } from '../../packages/connectors/src/synthetic-org/folder.ts'
import { SPECIFIED } from '../../packages/core/testing/law.ts'
import { decisionOn } from '../../packages/engine/src/decision.ts'
import { type Folded, fold, type Question, questionOf, type World } from '../../packages/engine/src/explained-part.ts'
import { explain } from '../../packages/engine/src/explanation.ts'
import { questionsAbout } from '../../packages/engine/testing/questions.ts'

const PEOPLE = 400

/** One question in this many is answered in full, with sufficient facts and flips. */
const IN_FULL = 45

const worlds: World[] = []

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'explained-company-'))
  const { asOf } = await writeOrg(folder, { people: PEOPLE, seed: 29, until: '2026-11-20' })
  const facts: Fact[] = []
  const source = await openSource(folder)
  for await (const batch of readSalesforceExport(source, { pseudonymKey: new Uint8Array(32) }))
    facts.push(...batch.facts)
  await source.close()
  await rm(folder, { recursive: true })
  const moment = Date.parse(asOf)
  const directory = directoryOf(facts.filter(isDirectoryFact) as DirectoryFact[], moment)
  for (const cluster of clustersOf(facts.filter((fact): fact is ClusterFact => !isDirectoryFact(fact))))
    worlds.push({ facts: cluster, directory, rules: DEFAULT_RULES, asOf: moment })
})

/** Facts that share a key, directly or through others. */
function clustersOf(facts: readonly ClusterFact[]): ClusterFact[][] {
  const clusterOf = new Map<string, Set<ClusterFact>>()
  for (const fact of facts) {
    const keys = keysOf(fact)
    const joined = new Set<ClusterFact>([fact])
    for (const key of keys) for (const one of clusterOf.get(key) ?? []) joined.add(one)
    for (const one of joined) for (const key of keysOf(one)) clusterOf.set(key, joined)
  }
  return [...new Set(clusterOf.values())].map((cluster) => [...cluster])
}

/** What the quick answer lacks: a rule of SPEC.md, a decision that was traced, a fact of the log. */
function lacking(question: Question, world: World): string[] {
  const trace: TraceEntry[] = []
  const folded = fold(question, world, { left: Number.POSITIVE_INFINITY }, trace) as Folded
  const { rule, statement, so, facts, entry } = decisionOn(question, world, folded, trace)
  const told = `${question.record}: ${statement}`
  const found: string[] = []
  if (!SPECIFIED.has(rule)) found.push(`${told} SPEC.md has no rule ${rule}`)
  if (so && facts.length === 0) found.push(`${told} It is so by no fact`)
  if (so && !entry && question.part !== 'next') found.push(`${told} Nobody traced that`)
  const known = new Set(world.facts.map(({ id }) => id))
  for (const fact of facts) if (!known.has(fact)) found.push(`${told} Nobody reported ${fact}`)
  return found
}

/** What the full answer gets wrong: its sufficient facts do not give the same again. */
function notGivenAgain(question: Question, world: World): string[] {
  const { facts, directory, rules, asOf } = world
  const why = explain(question.record, facts, directory, rules, asOf, (id) => (SPECIFIED.has(id) ? id : undefined))
  if (!why?.rule?.text) return [`${question.record} has no explanation`]
  const small = { ...world, facts: facts.filter(({ id }) => why.sufficient.includes(id)) }
  const [all, few] = [world, small].map((one) => fold(question, one, { left: Number.POSITIVE_INFINITY })?.part ?? null)
  return JSON.stringify(all) === JSON.stringify(few)
    ? []
    : [`${question.record} does not follow from ${why.sufficient}`]
}

it('explains every record, every part and every missing thing of a generated company', { timeout: 600_000 }, () => {
  const found: string[] = []
  let asked = 0
  for (const world of worlds) {
    const { facts, directory, rules, asOf } = world
    for (const record of questionsAbout(derive(facts, directory, rules, asOf), facts)) {
      const question = questionOf(record)
      if (!question) throw new Error(`${record} cannot be asked`)
      found.push(...lacking(question, world))
      if (asked++ % IN_FULL === 0) found.push(...notGivenAgain(question, world))
    }
  }
  expect(found.slice(0, 20)).toEqual([])
  expect(asked).toBeGreaterThan(20 * PEOPLE)
})

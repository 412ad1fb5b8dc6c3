import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ClusterFact,
  DEFAULT_RULES,
  type Derivation,
  type DirectoryFact,
  derive,
  directoryOf,
  type Fact,
  isDirectoryFact,
  keysOf,
  type Rules,
} from '@throughline/core'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSalesforceExport } from '../salesforce-export/read-export.ts'
import { openSource } from '../source/open-source.ts'
import { type OrgManifest, writeOrg } from './folder.ts'
import { compareWithTruth, TRUTH_FILES, type TruthRows } from './truth-comparison.ts'

/** Facts that belong together, by the keys they share. */
function clustersOf(facts: readonly ClusterFact[]): ClusterFact[][] {
  const parent = new Map<string, string>()
  const root = (key: string): string => {
    let at = key
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next
    return at
  }
  for (const fact of facts) {
    const [first, ...others] = keysOf(fact)
    for (const key of [first, ...others]) if (!parent.has(key)) parent.set(key, key)
    for (const key of others) parent.set(root(key), root(first))
  }
  const clusters = new Map<string, ClusterFact[]>()
  for (const fact of facts) {
    const key = root(keysOf(fact)[0])
    const list = clusters.get(key)
    if (list) list.push(fact)
    else clusters.set(key, [fact])
  }
  return [...clusters.values()]
}

describe.each([{ seed: 11 }, { seed: 'harbour' }])('a generated company (seed $seed)', ({ seed }) => {
  let folder: string
  let manifest: OrgManifest
  let truth: TruthRows
  const facts: Fact[] = []
  const rejects: unknown[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'org-agreement-'))
    manifest = await writeOrg(folder, { people: 800, seed, until: '2026-11-20' })
    const source = await openSource(folder)
    for await (const batch of readSalesforceExport(source, { pseudonymKey: new Uint8Array(32) })) {
      facts.push(...batch.facts)
      rejects.push(...batch.rejects)
    }
    await source.close()
    const rows: Partial<Record<keyof TruthRows, string[][]>> = {}
    for (const file of TRUTH_FILES) rows[file] = parse(await readFile(join(folder, file), 'utf8'), { from: 2 })
    truth = rows as TruthRows
  })
  afterAll(() => rm(folder, { recursive: true }))

  const deriveAll = (rules: Rules): Derivation[] => {
    const asOf = Date.parse(manifest.asOf)
    const directory = directoryOf(facts.filter(isDirectoryFact) as DirectoryFact[], asOf)
    const rest = facts.filter((fact): fact is ClusterFact => !isDirectoryFact(fact))
    return clustersOf(rest).map((cluster) => derive(cluster, directory, rules, asOf))
  }

  it('is read without a single reject', () => {
    expect(rejects).toEqual([])
    expect(facts.length).toBeGreaterThan(6_000)
  })

  it.each(['occurred', 'recorded'] as const)('is derived as it truly was, reading by when facts %s', (order) => {
    const { compared, disagreements, explained } = compareWithTruth(truth, deriveAll({ ...DEFAULT_RULES, order }))
    expect(disagreements).toEqual([])
    expect(compared).toBeGreaterThan(1_800)
    expect(Object.keys(explained).every((rule) => /^[A-Z]+\d+$/.test(rule))).toBe(true)
  })

  it('tells a disagreement when a rule is changed', () => {
    const rules = { ...DEFAULT_RULES, dormancy: { ...DEFAULT_RULES.dormancy, days: 60 } }
    const { disagreements } = compareWithTruth(truth, deriveAll(rules))
    expect(disagreements.length).toBeGreaterThan(60)
  })
})

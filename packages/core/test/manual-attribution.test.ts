import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  type ClusterFact,
  derive,
  directoryOf,
  isDirectoryFact,
  isProblem,
  keysOf,
  readScenario,
  type TraceEntry,
} from '../src/index.ts'

/** What the fold tells of a scenario's whole story. */
function traceOf(file: string): TraceEntry[] {
  const scenario = readScenario(parse(readFileSync(new URL(`../../../scenarios/${file}`, import.meta.url), 'utf8')))
  if (isProblem(scenario)) throw new Error(scenario.problem)
  const { facts, asOf } = scenario.expectations.at(-1) as (typeof scenario.expectations)[number]
  const trace: TraceEntry[] = []
  const about = facts.filter((fact): fact is ClusterFact => !isDirectoryFact(fact))
  derive(about, directoryOf(facts.filter(isDirectoryFact), asOf), scenario.rules, asOf, trace)
  return trace
}

describe('attribution by hand', () => {
  it('[L9] is told with its author, its reason and what lost', () => {
    const told = traceOf('S33-attribution-set-by-hand.yaml').filter(({ rule }) => rule === 'L9')
    expect(told.map(({ subject, applied }) => ({ subject, applied }))).toEqual([
      { subject: 'attribution-activation', applied: true },
      { subject: 'primary-opportunity', applied: true },
    ])
    expect(told[0]?.decided).toMatch(/by hand, by Ada Ops: "C2 asked for the demo"\.$/)
    expect(told[0]?.instead).toMatch(/^eng:line-0001\/contact-created would have stayed\.$/)
  })

  it('[L9] is told also where it is refused', () => {
    const told = traceOf('L9b-refused.yaml').filter(({ rule }) => rule === 'L9')
    expect(told.map(({ decided, applied }) => ({ decided, applied }))).toEqual([
      { decided: 'Not changed: Nobody is known as contact:C9.', applied: false },
      { decided: 'Not changed: eng:line-0002/interaction is an influencing engagement.', applied: false },
    ])
  })

  it('[L10] is told when it is taken back', () => {
    const told = traceOf('L10-attribution-chosen-again.yaml').filter(({ decided }) => decided.includes('Ada Ops'))
    expect(told[0]?.decided).toMatch(/^To be chosen again: Ada Ops released it from .+, "C1 works elsewhere now"\.$/)
  })

  it('[ID1] makes the opportunity and the person one cluster', () => {
    const fact = { id: 'f', occurredAt: 0, recordedAt: 0, opportunity: 'O1', by: 'ada' }
    expect(keysOf({ ...fact, kind: 'attribution-set', person: 'lead:L1', reason: 'x' })).toEqual([
      'opportunity:O1',
      'lead:L1',
    ])
    expect(keysOf({ ...fact, kind: 'attribution-released' })).toEqual(['opportunity:O1'])
  })
})

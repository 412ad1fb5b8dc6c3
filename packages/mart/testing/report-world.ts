import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DEFAULT_RULES,
  type Derivation,
  type DirectoryFact,
  directoryOf,
  type Fact,
  type Rules,
} from '@throughline/core'
import type { Report, ReportCell, ReportParameters } from '@throughline/engine'
import { type DuckMart, openMart } from '../src/mart.ts'
import { runReport } from '../src/reports/index.ts'
import { noon } from './derivations.ts'
import { logInMemory } from './log-in-memory.ts'

/** A mart whose reports a test asks. */
export type ReportWorld = Readonly<{
  mart: DuckMart
  /** Makes the live world hold just this; the directory knows who these facts record. */
  given(derivation: Derivation): Promise<void>
  /** Makes the live world hold what follows from these facts by a rebuild. */
  told(facts: readonly Fact[], asOf?: number): Promise<void>
  ask(name: string, parameters?: ReportParameters): Promise<Report>
  /** Just these columns of a report's rows. */
  column(name: string, parameters: ReportParameters, ...keys: string[]): Promise<(ReportCell | undefined)[][]>
  close(): Promise<void>
}>

/** The moment a given world is looked at. */
export const AS_OF = noon('2025-07-01')

/** Opens a mart in a folder of its own. `people` are the users and accounts that its directory knows. */
export async function openReportWorld(
  directoryFacts: readonly DirectoryFact[] = [],
  rules: Rules = DEFAULT_RULES,
): Promise<ReportWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'mart-reports-'))
  const mart = await openMart({ file: join(folder, 'mart.duckdb') })
  const context = { organisation: rules.organisation, stageLabels: rules.stages.labels }
  const ask = async (name: string, parameters: ReportParameters = {}) => {
    const report = await runReport(mart, context, name, parameters)
    if (!report) throw new Error(`There is no report ${name}.`)
    return report
  }
  return {
    mart,
    ask,
    async given(derivation) {
      await mart.build('live', { store: logInMemory(), rules, asOf: AS_OF, workers: 0 })
      await mart.replace(
        [{ cluster: 1, derivation }],
        { baselineId: 1, publishedSeq: 1, asOf: AS_OF, rulesVersion: 3 },
        { rules, directory: directoryOf(directoryFacts, AS_OF) },
      )
    },
    async told(facts, asOf = AS_OF) {
      await mart.build('live', { store: logInMemory([...directoryFacts, ...facts]), rules, asOf, workers: 0 })
    },
    async column(name, parameters, ...keys) {
      const { rows } = await ask(name, parameters)
      return rows.map((row) => keys.map((key) => row[key]))
    },
    async close() {
      await mart.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A user or queue as the directory hears of it. */
export function userGiven(id: string, name: string, queue = false): DirectoryFact {
  return { kind: 'user-recorded', id: `user/${id}`, occurredAt: 0, recordedAt: 0, user: id, name, queue }
}

/** An account as the directory hears of it. */
export function accountGiven(id: string, name: string, owner?: string): DirectoryFact {
  return {
    kind: 'account-recorded',
    id: `account/${id}`,
    occurredAt: 0,
    recordedAt: 0,
    account: id,
    name,
    ...(owner && { owner }),
  }
}

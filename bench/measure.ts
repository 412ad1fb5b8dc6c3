/** One measurement in a process of its own: `node measure.mjs PART OPTIONS-AS-JSON` prints the result as JSON. */
import { type GenerateOptions, generateOrg } from '../packages/cli/src/commands/generate.ts'
import { measureCsvReading, measureImport } from './parts/imports.ts'
import { measureLive } from './parts/live.ts'
import { SILENT } from './parts/measured.ts'
import { measureRebuild } from './parts/rebuilds.ts'
import { measureExplain, measureReports } from './parts/reports.ts'

const PARTS = {
  company: (options: GenerateOptions) => generateOrg(options, SILENT),
  import: measureImport,
  'csv-reading': measureCsvReading,
  rebuild: measureRebuild,
  reports: measureReports,
  explain: measureExplain,
  live: measureLive,
} as const

const [name = '', options = '{}'] = process.argv.slice(2)
const part = PARTS[name as keyof typeof PARTS] as ((options: unknown) => Promise<unknown>) | undefined
if (!part) throw new Error(`There is no part "${name}"; there are ${Object.keys(PARTS).join(', ')}.`)
process.stdout.write(`${JSON.stringify(await part(JSON.parse(options)))}\n`)

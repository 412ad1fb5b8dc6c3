import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { clock } from './clock.ts'
import type { Imported } from './commands/import.ts'
import { readConfig } from './config.ts'
import { exitCodeOf, messageOf } from './failures.ts'
import { progressOn } from './progress.ts'

// Each command loads what it needs and no more: help and misuse answer at once.
const out = (text: string): void => {
  process.stdout.write(text)
}
const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const number =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
    return value
  }
const day = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new InvalidArgumentError('It must be a day such as 2026-01-31.')
  return text
}
const several = (text: string, before: string[] = []): string[] => [...before, text]
const port = new Option('--port <number>', 'port to listen on').argParser(number(0, 65_535)).default(4180)
const host = new Option('--host <address>', 'address to listen on; anything but loopback opens it to others').default(
  '127.0.0.1',
)
const rules = new Option('--rules <file>', 'rules document (YAML or JSON) to take as the rules in force')

type Shared = { data?: string; workers?: number; json?: boolean }

const program = new Command('throughline')
  .description('Follows every relationship from first touch to closed deal, and explains every number.')
  .version(version())
  .showHelpAfterError()
  .exitOverride()

/** A command with the options they all have. */
function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--data <folder>', 'where everything is kept (default: .throughline, or THROUGHLINE_DATA)')
    .addOption(new Option('--workers <number>', 'worker threads of a rebuild').argParser(number(0, 64)))
    .option('--json', 'print the result as JSON')
    .exitOverride()
}

const configOf = (options: Shared) => readConfig(process.env, { data: options.data, workers: options.workers })
const progressOf = (options: Shared) =>
  progressOn(process.stderr, clock, options.json === true && !process.stderr.isTTY)

command('start', 'serve the app and the API')
  .addOption(port)
  .addOption(host)
  .addOption(rules)
  .action(async (options: Shared & { port: number; host: string; rules?: string }) => {
    const { serve } = await import('./commands/start.ts')
    await serve(configOf(options), { ...options, rules: options.rules, version: version() }, progressOf(options), say)
  })

command('demo', 'serve the app on a generated company')
  .addOption(port)
  .addOption(host)
  .option('--people <number>', 'how many people the company knows', number(10, 1_000_000), 4000)
  .option('--seed <text>', 'another seed, another company', 'throughline')
  .action(async (options: Shared & { port: number; host: string; people: number; seed: string }) => {
    const { demo } = await import('./commands/demo.ts')
    await demo(configOf(options), { ...options, version: version() }, progressOf(options), say)
  })

program
  .command('generate')
  .description('make things to try on')
  .command('org')
  .description('a synthetic company as a Salesforce data export, with the hidden truth beside it')
  .requiredOption('--out <folder>', 'folder to write to; it must be empty or generated before')
  .option('--people <number>', 'how many people the company knows', number(10, 1_000_000), 2000)
  .option('--seed <text>', 'another seed, another company', '1')
  .option('--until <day>', 'last day of the history', day, '2026-06-30')
  .option('--json', 'print the result as JSON')
  .exitOverride()
  .action(async (options: { out: string; people: number; seed: string; until: string; json?: boolean }) => {
    const { generateOrg } = await import('./commands/generate.ts')
    const made = await generateOrg(options, progressOf(options))
    if (options.json) out(`${JSON.stringify(made, null, 2)}\n`)
    else
      say(
        `Generated ${made.rows.toLocaleString('en')} rows in ${Object.keys(made.files).length} files under ${options.out}.`,
      )
  })

command('import', 'read a Salesforce data export (folder or zip), or any lead CSV with a mapping')
  .argument('<path...>', 'folders, zips or CSV files')
  .option('--mapping <file>', 'mapping document (YAML) for CSV files of any other form')
  .option('--dry-run', 'check everything, store nothing', false)
  .option('--rejects <file>', 'where rejected rows go (default: under the data folder)')
  .addOption(rules)
  .action(
    async (
      paths: string[],
      options: Shared & { mapping?: string; dryRun: boolean; rejects?: string; rules?: string },
    ) => {
      const progress = progressOf(options)
      const { importPath } = await import('./commands/import.ts')
      const { withHouse } = await import('./house.ts')
      await withHouse(configOf(options), async (house) => {
        const imported: Imported[] = []
        for (const path of paths)
          imported.push(
            await importPath(
              house,
              path,
              { mapping: options.mapping, rules: options.rules, dryRun: options.dryRun, rejects: options.rejects },
              progress,
            ),
          )
        if (!options.dryRun) await house.engine.catchUp(({ step, done, of }) => progress.at(step, done, of))
        progress.done()
        if (options.json) out(`${JSON.stringify(imported, null, 2)}\n`)
        else for (const one of imported) tellImport(one)
        if (imported.some((one) => one.rejected > 0)) process.exitCode = 1
      })
    },
  )

command('rebuild', 'derive everything again')
  .addOption(rules)
  .action(async (options: Shared & { rules?: string }) => {
    const progress = progressOf(options)
    const { useRulesFile, withHouse } = await import('./house.ts')
    await withHouse(configOf(options), async (house) => {
      await useRulesFile(house, options.rules)
      const rebuilt = await house.engine.rebuild(({ step, done, of }) => progress.at(step, done, of))
      progress.done()
      if (options.json) return out(`${JSON.stringify(rebuilt, null, 2)}\n`)
      const rate = Math.round((rebuilt.facts / Math.max(1, rebuilt.milliseconds)) * 1000)
      say(
        `Rebuilt ${rebuilt.records.toLocaleString('en')} records of ${rebuilt.clusters.toLocaleString('en')} clusters from ${rebuilt.facts.toLocaleString('en')} facts in ${(rebuilt.milliseconds / 1000).toFixed(1)} s (${rate.toLocaleString('en')} facts a second).`,
      )
    })
  })

command('verify', 'derive everything again beside what is there, and fail on any difference').action(
  async (options: Shared) => {
    const progress = progressOf(options)
    const { withHouse } = await import('./house.ts')
    await withHouse(configOf(options), async (house) => {
      await house.engine.catchUp(({ step, done, of }) => progress.at(step, done, of))
      const result = await house.engine.verify(({ step, done, of }) => progress.at(step, done, of))
      progress.done()
      if (options.json) out(`${JSON.stringify(result, null, 2)}\n`)
      else {
        for (const { table, rows } of result.tables)
          out(`${table.padEnd(16)} ${rows.toLocaleString('en').padStart(12)} rows\n`)
        for (const one of result.differences) {
          out(`${one.table}: ${one.onlyA} rows only live, ${one.onlyB} rows only when derived again\n`)
          for (const row of one.examplesA) out(`  live:  ${JSON.stringify(row)}\n`)
          for (const row of one.examplesB) out(`  again: ${JSON.stringify(row)}\n`)
        }
        out(
          result.differences.length === 0
            ? `No difference. Content hash ${result.digest}\n`
            : 'The mart differs from what its facts give. Run "throughline rebuild", and please report this.\n',
        )
      }
      if (result.differences.length > 0) process.exitCode = 1
    })
  },
)

command('report', 'any report the app shows')
  .argument('[name]', 'the report; without one, they are listed')
  .option('--from <day>', 'first day', day)
  .option('--to <day>', 'last day', day)
  .option('--by <dimension>', 'split by medium, source, campaign, owner, month, …')
  .option('--view <view>', 'cohort or period')
  .option('--option <value>', 'only this value of the dimension')
  .option('--where <condition>', 'field:value, also !: ~: >=: <=:; can be given several times', several)
  .option('--stage <number>', 'only journeys that reached this stage', number(1, 6))
  .option('--state <state>', 'only journeys that are open, complete or dormant-soon')
  .option('--outcome <outcome>', 'only journeys that ended this way')
  .addOption(new Option('--fallbacks <how>', 'journeys that an opportunity began').choices(['with', 'without']))
  .option('--columns <keys>', 'the columns wanted, with commas between them')
  .option('--levels <number>', 'how many levels of a hierarchy', number(1, 5))
  .option('--path <option>', 'only what lies under it; can be given several times', several)
  .option('--sort <column>', 'key of the column to sort by')
  .addOption(new Option('--order <order>', 'of the sorted column').choices(['ascending', 'descending']))
  .option('--offset <number>', 'rows to skip', number(0, 10_000_000))
  .option('--limit <number>', 'rows at most', number(1, 100_000))
  .addOption(new Option('--format <format>', 'how to print it').choices(['table', 'json', 'csv']).default('table'))
  .action(async (name: string | undefined, options: Shared & Record<string, unknown>) => {
    const { reportCommand } = await import('./commands/report.ts')
    const { withHouse } = await import('./house.ts')
    await withHouse(configOf(options), (house) => reportCommand(house, name, options, out))
  })

command('explain', 'why a record is as it is or is not there, and what would have made it otherwise')
  .argument('<record>', 'such as eng:…, eng:…#stage-2, eng:…#completion, int:…, opportunity:006…, lead:00Q…#next')
  .action(async (record: string, options: Shared) => {
    const { explainRecord } = await import('./commands/explain.ts')
    const { withHouse } = await import('./house.ts')
    await withHouse(configOf(options), async (house) => {
      if (!(await explainRecord(house, record, options.json === true, out))) process.exitCode = 1
    })
  })

program
  .command('scenario')
  .description('histories told in plain words, with what should follow')
  .command('test')
  .argument('<file...>', 'scenario files (YAML)')
  .option('--json', 'print the result as JSON')
  .description('run scenario files against the core')
  .exitOverride()
  .action(async (files: string[], options: { json?: boolean }) => {
    const { testScenarios } = await import('./commands/scenario.ts')
    if (!testScenarios(files, options.json === true, out)) process.exitCode = 1
  })

function tellImport(one: Imported): void {
  const count = (value: number) => value.toLocaleString('en')
  say(
    one.dryRun
      ? `${one.path}: ${count(one.facts)} facts would be imported, ${count(one.rejected)} rows would be rejected. Nothing was stored.`
      : `${one.path}: ${count(one.facts)} facts, ${count(one.added)} new, ${count(one.repeated)} known already, ${count(one.rejected)} rows rejected.`,
  )
  for (const [code, rows] of Object.entries(one.rejectsByReason)) say(`  ${count(rows)} × ${code}`)
  if (one.rejectsFile) say(`  Rejected rows, with reasons and remedies: ${one.rejectsFile}`)
  for (const note of one.notes) say(`  ${note.file ? `${note.file}: ` : ''}${note.detail}`)
}

function version(): string {
  const file = new URL('../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    say(messageOf(error))
    process.exitCode = exitCodeOf(error)
  }
}

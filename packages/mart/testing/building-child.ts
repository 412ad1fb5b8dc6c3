/** Builds a live world and says each step on its way: `node building-child.mjs FILE PEOPLE WORKER`. */
import { pathToFileURL } from 'node:url'
import { DEFAULT_RULES } from '@throughline/core'
import { openMart } from '../src/mart.ts'
import { companyFacts } from './company.ts'
import { logInMemory } from './log-in-memory.ts'
import { plainDerive } from './plain-derive.ts'

const [file = '', people = '', worker = ''] = process.argv.slice(2)
const mart = await openMart({ file, derive: plainDerive, workerFile: pathToFileURL(worker), factsPerShard: 300 })
await mart.build('live', {
  store: logInMemory(companyFacts(Number(people))),
  rules: DEFAULT_RULES,
  asOf: Date.UTC(2100, 0, 1),
  workers: 1,
  onProgress: ({ step, done }) => process.stdout.write(`${step} ${done}\n`),
})
process.stdout.write('built\n')
await mart.close()

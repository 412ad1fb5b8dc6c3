import type { Derivation, Finding } from '@throughline/core'
import { columnsOf, table } from '../table.ts'

const finding = columnsOf<Finding>()
export const findings = table<Finding>(
  'findings',
  'Oddities in the data that a person should look at.',
  (d) => d.findings,
  [
    finding('code', 'VARCHAR', 'What kind of oddity.', (f) => f.code),
    finding('record', 'VARCHAR', 'Record it is about.', (f) => f.record),
    finding('fact', 'VARCHAR', 'Fact that shows it.', (f) => f.fact),
    finding('occurred_at', 'BIGINT', 'When.', (f) => f.at),
    finding('occurred_on', 'DATE', 'The same as a day.', (f, c) => c.dayOf(f.at)),
    finding('detail', 'VARCHAR', 'What is odd, in one sentence.', (f) => f.detail),
  ],
)

const mention = columnsOf<string>()
export const mentions = table<string>(
  'mentions',
  'Directory entries that were looked up for a cluster.',
  (d) => d.mentions,
  [mention('key', 'VARCHAR', '`user:…`, `campaign:…` or `account:…`.', (key) => key)],
)

const wake = columnsOf<number>()
export const wakes = table<number>(
  'wakes',
  'When the passing of time alone next changes something in a cluster.',
  (d: Derivation) => (d.wakeAt === null ? [] : [d.wakeAt]),
  [wake('wake_at', 'BIGINT', 'That moment.', (at) => at)],
)

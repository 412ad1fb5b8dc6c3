export {
  type AccountAmount,
  type AccountJourney,
  type AccountOpportunity,
  type AccountStory,
  readAccount,
} from './accounts.ts'
export type { Ask, Bindings, Cell, Row } from './database.ts'
export type { Difference } from './difference.ts'
export type { Digest, TableDigest } from './digest.ts'
export { DIRECTORY_TABLES } from './directory-tables.ts'
export { MartError } from './errors.ts'
export type { LogPosition } from './log.ts'
export { type DuckMart, type MartOptions, openMart } from './mart.ts'
export { listOwners, listPeople, type PeopleQuery, type PeopleSort, type PersonLine } from './people.ts'
export type { ReportContext, ReportDefinition } from './reports/definition.ts'
export { REPORTS, runReport } from './reports/index.ts'
export type { Derive } from './shard-fold.ts'
export { answerShards } from './shard-worker.ts'
export type { ColumnDescription, Table } from './table.ts'
export { TABLES } from './tables/index.ts'
export { LIVE, type World } from './worlds.ts'

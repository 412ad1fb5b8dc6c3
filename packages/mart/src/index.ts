export type { Ask, Bindings, Cell, Row } from './database.ts'
export type { Difference } from './difference.ts'
export type { Digest, TableDigest } from './digest.ts'
export { DIRECTORY_TABLES } from './directory-tables.ts'
export { MartError } from './errors.ts'
export type { LogPosition } from './log.ts'
export { type DuckMart, type MartOptions, openMart } from './mart.ts'
export { listOwners, listPeople, type PeopleQuery, type PeopleSort, type PersonLine } from './people.ts'
export type {
  Report,
  ReportCell,
  ReportColumn,
  ReportColumnType,
  ReportContext,
  ReportDefinition,
  ReportRow,
} from './reports/definition.ts'
export { REPORTS, runReport } from './reports/index.ts'
export {
  DIMENSIONS,
  type Dimension,
  PARAMETERS,
  type ParameterDescription,
  type ParameterName,
  type ReportParameters,
} from './reports/parameters.ts'
export { ReportError } from './reports/report-error.ts'
export type { Derive } from './shard-fold.ts'
export { answerShards } from './shard-worker.ts'
export type { ColumnDescription, Table } from './table.ts'
export { TABLES } from './tables/index.ts'
export { LIVE, type World } from './worlds.ts'

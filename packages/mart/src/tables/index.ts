import type { Table } from '../table.ts'
import { findings, mentions, wakes } from './bookkeeping.ts'
import { engagements } from './engagements.ts'
import { interactions } from './interactions.ts'
import { journeys } from './journeys.ts'
import { contactRoles, opportunities } from './opportunities.ts'
import { people, personRecords } from './people.ts'

/** Every table that is derived from clusters. */
export const TABLES: readonly Table[] = [
  people,
  personRecords,
  engagements,
  journeys,
  opportunities,
  contactRoles,
  interactions,
  findings,
  mentions,
  wakes,
]

import type { ComponentType } from 'react'
import type { Report } from '../client.ts'
import type { Change } from '../pages/report.tsx'
import type { ReportSearch } from '../search.ts'
import { Outcomes } from './outcomes.tsx'
import { Velocity } from './velocity.tsx'

/** What a report is shown with, above its table. */
export type Presentation = ComponentType<Readonly<{ report: Report; search: ReportSearch; set: Change }>>

const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  outcomes: Outcomes,
  velocity: Velocity,
}

/** The presentation of its own that a report has; undefined where its chart and table tell it. */
export function presentationOf({ name }: Pick<Report, 'name'>): Presentation | undefined {
  return PRESENTATIONS[name]
}

import type { ComponentType } from 'react'
import type { Report } from '../client.ts'
import type { Change } from '../pages/report.tsx'
import type { ReportSearch } from '../search.ts'
import { Builder } from './builder.tsx'
import { CohortTable } from './cohort-table.tsx'
import { OpportunitySources } from './opportunity-sources.tsx'
import { Outcomes } from './outcomes.tsx'
import { Owners } from './owners.tsx'
import { Reactivations } from './reactivations.tsx'
import { SourceTree } from './source-tree.tsx'
import { Velocity } from './velocity.tsx'

/** What a presentation is given: the answer, the address, and a way to change it. */
export type PresentationProps = Readonly<{ report: Report; search: ReportSearch; set: Change }>

/**
 * How a report is shown. `whole`: there is no table beneath, the presentation is one. `always`: also where no row
 * answers, as one asks with it.
 */
type Presentation = Readonly<{ Shown: ComponentType<PresentationProps>; whole?: true; always?: true }>

const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  engagements: { Shown: Builder, always: true },
  cohorts: { Shown: CohortTable },
  'opportunity-sources': { Shown: OpportunitySources },
  outcomes: { Shown: Outcomes },
  owners: { Shown: Owners, whole: true },
  reactivations: { Shown: Reactivations },
  'source-hierarchy': { Shown: SourceTree, whole: true },
  velocity: { Shown: Velocity },
}

/** The presentation of its own that a report has; undefined where its chart and table tell it. */
export function presentationOf({ name }: Pick<Report, 'name'>): Presentation | undefined {
  return PRESENTATIONS[name]
}

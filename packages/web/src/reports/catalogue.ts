import type { IconName } from '../ui/icons.tsx'

/** Where a report stands in the list, and the page of its own it may have. */
type Place = Readonly<{
  group: string
  icon: IconName
  page?: '/' | '/funnel' | '/journeys' | '/opportunities' | '/accounts' | '/data-health'
}>

const SPEED = 'Funnel and speed'
const SOURCES = 'Sources'
const PEOPLE = 'People and outcomes'
const LISTS = 'Lists'
const DATA = 'Data quality'
const WHOLE = 'The whole'
const OTHER = 'More'

/** The groups of reports, in the order they are listed. */
export const GROUPS: readonly string[] = [WHOLE, SPEED, SOURCES, PEOPLE, LISTS, DATA, OTHER]

const PLACES: Readonly<Record<string, Place>> = {
  overview: { group: WHOLE, icon: 'overview', page: '/' },
  trend: { group: WHOLE, icon: 'overview' },
  funnel: { group: SPEED, icon: 'funnel', page: '/funnel' },
  'funnel-difference': { group: SPEED, icon: 'funnel' },
  cohorts: { group: SPEED, icon: 'funnel' },
  velocity: { group: SPEED, icon: 'spark' },
  'velocity-distribution': { group: SPEED, icon: 'spark' },
  sources: { group: SOURCES, icon: 'touch' },
  'source-hierarchy': { group: SOURCES, icon: 'touch' },
  'engagement-types': { group: SOURCES, icon: 'touch' },
  'opportunity-sources': { group: SOURCES, icon: 'money' },
  owners: { group: PEOPLE, icon: 'people' },
  outcomes: { group: PEOPLE, icon: 'flag' },
  reactivations: { group: PEOPLE, icon: 'spark' },
  journeys: { group: LISTS, icon: 'journeys', page: '/journeys' },
  engagements: { group: LISTS, icon: 'touch' },
  opportunities: { group: LISTS, icon: 'money', page: '/opportunities' },
  accounts: { group: LISTS, icon: 'building', page: '/accounts' },
  health: { group: DATA, icon: 'alert', page: '/data-health' },
  findings: { group: DATA, icon: 'alert' },
}

/** Where a report stands; one that nobody has placed stands under “More”. */
export const placeOf = (name: string): Place => PLACES[name] ?? { group: OTHER, icon: 'journeys' }

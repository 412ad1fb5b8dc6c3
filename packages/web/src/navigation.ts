import type { IconName } from './ui/icons.tsx'

/** A page one can go to from anywhere. */
export type Place = Readonly<{
  to:
    | '/'
    | '/funnel'
    | '/people'
    | '/journeys'
    | '/opportunities'
    | '/accounts'
    | '/reports'
    | '/data-health'
    | '/scenarios'
  label: string
  icon: IconName
  /** Pressed after `g`. */
  key: string
  /** In the bar at the foot of narrow screens; the others are under “More” there. */
  main?: true
}>

/** The pages, in groups, as the navigation shows them. */
export const PLACES: readonly (readonly Place[])[] = [
  [
    { to: '/', label: 'Overview', icon: 'overview', key: 'o', main: true },
    { to: '/funnel', label: 'Funnel', icon: 'funnel', key: 'f', main: true },
    { to: '/people', label: 'People', icon: 'people', key: 'p', main: true },
    { to: '/journeys', label: 'Journeys', icon: 'journeys', key: 'j', main: true },
    { to: '/opportunities', label: 'Opportunities', icon: 'money', key: 'u' },
    { to: '/accounts', label: 'Accounts', icon: 'building', key: 'a' },
    { to: '/reports', label: 'Reports', icon: 'reports', key: 'r' },
  ],
  [
    { to: '/data-health', label: 'Data health', icon: 'health', key: 'd' },
    { to: '/scenarios', label: 'Scenarios', icon: 'scenario', key: 's' },
  ],
]

/** Line icons on a 20 by 20 grid. They carry no meaning alone: a text stands beside each, or names it. */
const PATHS = {
  overview: 'M3 10.5 10 4l7 6.500M5 9v7h10V9M8.500 16v-4h3v4',
  funnel: 'M3 4h14l-5.500 6.500V16l-3-1.500v-4z',
  people:
    'M7.500 9.500a2.750 2.750 0 1 0 0-5.500 2.750 2.750 0 0 0 0 5.500M2.500 16c.4-2.700 2.400-4 5-4s4.600 1.300 5 4M13 4.200a2.600 2.600 0 0 1 0 5.100M14.500 12.200c1.700.5 2.700 1.800 3 3.800',
  journeys: 'M4 15.500c4 0 2-11 6-11s2 11 6 11M4 15.500h.01M16 15.500h.01',
  search: 'M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12M13.500 13.500 17 17',
  sun: 'M10 13.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  moon: 'M16.500 12A7 7 0 0 1 8 3.500 7 7 0 1 0 16.500 12',
  help: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M8 8.200c.2-1.200 1-1.900 2.100-1.900 1.200 0 2 .8 2 1.800 0 1.600-2 1.600-2 3.200M10 13.700h.01',
  close: 'M5 5l10 10M15 5 5 15',
  download: 'M10 3v9M6.500 8.500 10 12l3.500-3.500M4 16h12',
  up: 'M10 15V5M5.500 9.500 10 5l4.500 4.500',
  down: 'M10 5v10M5.500 10.500 10 15l4.500-4.500',
  chevron: 'M5 7.5 10 12.5l5-5',
  right: 'M7.500 4.500 13 10l-5.500 5.500',
  left: 'M12.500 4.500 7 10l5.500 5.500',
  alert: 'M10 3 2.500 16h15zM10 8v4M10 13.900h.01',
  check: 'M4 10.500 8.200 15 16 5.500',
  spark: 'M10 3v4M10 13v4M3 10h4M13 10h4',
  flag: 'M5 17V3.500M5 4h9l-2 3.500 2 3.500H5',
  building: 'M4 17V4h8v13M12 8h4v9M2.500 17h15M7 7.500h2M7 10.500h2M7 13.500h2',
  mail: 'M3 5h14v10H3zM3 5.500l7 5.500 7-5.500',
  touch: 'M10 10h.01M6.500 13.500a5 5 0 1 1 7 0M4 16a8.500 8.500 0 1 1 12 0',
  health: 'M2.500 10h3.500l2-5 3.500 10 2-5h4',
  scenario: 'M5 3.500h7l3 3V16.500H5zM12 3.500v3h3M8 10h4M8 13h4',
  more: 'M4.500 10h.01M10 10h.01M15.500 10h.01',
  columns: 'M3 4h14v12H3zM8 4v12M12.500 4v12',
  reports: 'M4 16V9M8 16V4M12 16v-5M16 16V7',
  flip: 'M4 7h11M12 4l3 3-3 3M16 13H5M8 10l-3 3 3 3',
  call: 'M5.500 3.500h2.500l1.500 4-2 1.500a8 8 0 0 0 3.500 3.500l1.500-2 4 1.500V15a1.500 1.500 0 0 1-1.500 1.500A11.500 11.500 0 0 1 4 5a1.500 1.500 0 0 1 1.500-1.500',
  megaphone:
    'M3.500 8.500v3l9 4v-11zM12.500 7.500c1.500 0 2.500 1 2.500 2.500s-1 2.500-2.500 2.500M5.500 12.500l1 4h2l-.7-3',
  edit: 'M4 16l.7-3.500L13.500 3.700l2.800 2.800-8.800 8.800zM11.500 5.700l2.800 2.800',
  hand: 'M6 10V5.500a1.200 1.200 0 0 1 2.400 0V9.500V4a1.200 1.200 0 0 1 2.400 0v5.500V5a1.200 1.200 0 0 1 2.400 0v6.500l1-1.500c.8-1 2.300-.2 1.800 1l-2 4.200c-.7 1.200-1.500 1.800-3 1.800H9.500C7.500 17 6 15.500 6 13z',
  money: 'M3 5.500h14v9H3zM10 12.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400M5.500 10h.01M14.500 10h.01',
} as const

/** The icons there are. */
export type IconName = keyof typeof PATHS

/** An icon, hidden from assistive technology. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  const size = /\bsize-/.test(className) ? '' : 'size-4'
  return (
    <svg viewBox="0 0 20 20" className={`shrink-0 ${size} ${className}`} aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

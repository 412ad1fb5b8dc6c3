import { Link } from '@tanstack/react-router'
import type { Report } from '../client.ts'
import { count, money, ratio, roundMoney } from '../format.ts'
import type { Period } from '../period.ts'
import type { JourneysSearch } from '../search.ts'
import { About } from '../ui/about.tsx'
import { Icon } from '../ui/icons.tsx'

/** The page's head already says what the figures are compared with. */
function withoutBefore(report: Report): Report {
  const notes = report.about.notes.filter((note) => !note.startsWith('Before:'))
  return { ...report, about: { ...report.about, notes } }
}

type Figure = Readonly<{ key: string; label: string; kind: 'count' | 'money' | 'ratio'; drill: JourneysSearch }>

const FIGURES: readonly Figure[] = [
  { key: 'activations', label: 'Activations', kind: 'count', drill: { fallbacks: 'without' } },
  {
    key: 'opportunities',
    label: 'Opportunities',
    kind: 'count',
    drill: { stage: 4, view: 'period', fallbacks: 'with' },
  },
  {
    key: 'pipeline',
    label: 'Open pipeline created',
    kind: 'money',
    drill: { stage: 4, view: 'period', fallbacks: 'with', state: 'open' },
  },
  { key: 'won', label: 'Won deals', kind: 'count', drill: { stage: 6, view: 'period', fallbacks: 'with' } },
  { key: 'wonAmount', label: 'Won amount', kind: 'money', drill: { stage: 6, view: 'period', fallbacks: 'with' } },
  { key: 'conversion', label: 'Activation to opportunity', kind: 'ratio', drill: { stage: 4, fallbacks: 'without' } },
]

/** The period's main figures against the period before; each leads to its journeys. */
export function MainFigures({ report, period }: { report: Report; period: Period }) {
  const { currency } = report.about
  const shown = FIGURES.flatMap((figure) => {
    const row = report.rows.find((known) => known.figure === figure.key)
    return row ? [{ ...figure, value: row.value as number | null, before: row.before as number | null }] : []
  })
  return (
    <section aria-label="Main figures">
      <ul className="grid grid-cols-2 overflow-hidden rounded-xl border border-line bg-line shadow-card max-sm:gap-px sm:grid-cols-3 sm:gap-px xl:grid-cols-6">
        {shown.map(({ key, label, kind, drill, value, before }) => (
          <li key={key} className="bg-surface">
            <Link
              to="/journeys"
              search={{ ...period, ...drill }}
              className="group block h-full px-4 py-3.5 -outline-offset-2 hover:bg-sunken"
            >
              <span className="block text-[0.8rem] text-muted">{label}</span>
              <span
                className="mt-1 block text-2xl font-semibold tracking-tight group-hover:text-accent-ink"
                title={kind === 'money' && value !== null ? money(value, currency) : undefined}
              >
                {value === null
                  ? '–'
                  : kind === 'money'
                    ? roundMoney(value, currency)
                    : kind === 'ratio'
                      ? ratio(value)
                      : count(value)}
              </span>
              <Change kind={kind} value={value} before={before} />
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-2 px-1">
        <About report={withoutBefore(report)} what="Activations by their date, deals by creation and close" />
      </div>
    </section>
  )
}

/** How a figure differs from the period before: in percent, ratios in points. */
function Change({ kind, value, before }: { kind: Figure['kind']; value: number | null; before: number | null }) {
  if (value === null || before === null || (before === 0 && kind !== 'ratio'))
    return <span className="mt-0.5 block text-xs text-muted">nothing before</span>
  const change = kind === 'ratio' ? value - before : (value - before) / before
  const size = kind === 'ratio' ? `${Math.abs(change * 100).toFixed(1)} points` : ratio(Math.abs(change))
  if (Math.abs(change) < 0.0005) return <span className="mt-0.5 block text-xs text-muted">as before</span>
  const up = change > 0
  return (
    <span className={`mt-0.5 flex items-center gap-1 text-xs ${up ? 'text-good' : 'text-bad'}`}>
      <Icon name={up ? 'up' : 'down'} className="size-3" />
      <span className="sr-only">{up ? 'up by' : 'down by'}</span>
      {size}
    </span>
  )
}

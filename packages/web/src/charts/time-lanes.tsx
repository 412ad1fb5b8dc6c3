import type { ReactNode } from 'react'
import { shortMonth } from '../format.ts'

const DAY_MS = 86_400_000
const TONES = ['bg-stage-1', 'bg-stage-2', 'bg-stage-3', 'bg-stage-4', 'bg-stage-5', 'bg-stage-6']
const ENDS = {
  good: 'bg-good border-good-soft',
  bad: 'bg-bad border-bad-soft',
  warn: 'bg-warn border-warn-soft',
  plain: 'bg-muted border-surface',
  accent: 'bg-accent border-accent-soft',
} as const

/** A stretch of time on a lane: a journey, or the life of an opportunity. Days are YYYY-MM-DD. */
export type TimeBar = Readonly<{
  id: string
  from: string
  /** Null: it goes on. */
  to: string | null
  /** When each further stage began, by its number; a journey's colour deepens with them. */
  stages: readonly Readonly<{ stage: number; day: string }>[]
  /** How it ended; shown as the mark at its end. */
  end: keyof typeof ENDS | null
  /** Days on which it was influenced. */
  marks: readonly string[]
  kind: 'journey' | 'opportunity'
  /** What it is, in words: its accessible name, and what resting on it shows. */
  label: string
}>

/** Bars one after another or over one another, with what they belong to. */
export type TimeLane = Readonly<{ id: string; name: ReactNode; note?: ReactNode; bars: readonly TimeBar[] }>

type Wrapped = Readonly<{ className: string; style: React.CSSProperties; 'aria-label': string; title: string }>

/**
 * Journeys and opportunities as lanes on one time axis. It needs no measuring: positions are percentages. Each bar is
 * a link that the caller makes; all that a bar shows is also in its name and on the pages it leads to.
 */
export function TimeLanes({
  lanes,
  until,
  caption,
  link,
}: {
  lanes: readonly TimeLane[]
  /** The last day that is known: bars that go on reach to it. */
  until: string
  caption: string
  link: (bar: TimeBar, wrapped: Wrapped, children: ReactNode) => ReactNode
}) {
  const bars = lanes.flatMap((lane) => lane.bars)
  if (bars.length === 0) return null
  const first = Math.min(...bars.map(({ from }) => Date.parse(from)))
  const last = Math.max(Date.parse(until), ...bars.map(({ to, from }) => Date.parse(to ?? from))) + DAY_MS
  const room = Math.max((last - first) * 0.015, DAY_MS)
  const [start, length] = [first - room, last - first + 2 * room]
  const at = (text: string) => ((Date.parse(text) - start) / length) * 100
  const ticks = ticksBetween(first, last)
  return (
    <section aria-label={caption} className="text-sm">
      <div className="relative mb-1 ml-0 h-5 sm:ml-40" aria-hidden="true">
        {ticks.map((tick, index) => (
          <span
            key={tick}
            className={`absolute -translate-x-1/2 text-xs whitespace-nowrap text-muted ${ticks.length > 4 && index % 2 === 1 ? 'max-sm:hidden' : ''}`}
            style={{ left: `${Math.min(96, Math.max(4, at(tick)))}%` }}
          >
            {shortMonth(tick.slice(0, 7))}
            {(tick.endsWith('-01-01') || index === 0) && ` ’${tick.slice(2, 4)}`}
          </span>
        ))}
      </div>
      <ul className="grid gap-px">
        {lanes.map((lane) => (
          <li
            key={lane.id}
            className="grid items-center gap-x-3 border-t border-line py-1 first:border-t-0 sm:grid-cols-[9.25rem_minmax(0,1fr)]"
          >
            <div className="flex min-w-0 items-baseline gap-2 sm:block">
              <span className="block min-w-0 truncate">{lane.name}</span>
              {lane.note && <span className="block min-w-0 truncate text-xs text-muted">{lane.note}</span>}
            </div>
            <div className="relative h-9">
              {ticks.map((tick) => (
                <span
                  key={tick}
                  className="absolute -inset-y-1 w-px bg-line"
                  style={{ left: `${at(tick)}%` }}
                  aria-hidden="true"
                />
              ))}
              {lane.bars.map((bar) => {
                const left = at(bar.from)
                const right = at(bar.to ?? until)
                return (
                  <span key={bar.id}>
                    {link(
                      bar,
                      {
                        className: `absolute top-1 h-7 min-w-6 rounded-md -outline-offset-1 hover:bg-sunken`,
                        style: { left: `${left}%`, width: `${Math.max(0.5, right - left)}%` },
                        'aria-label': bar.label,
                        title: bar.label,
                      },
                      <Bar bar={bar} left={left} right={right} at={at} />,
                    )}
                  </span>
                )
              })}
              <span
                className="absolute -inset-y-1 w-px border-l border-dashed border-line-strong"
                style={{ left: `${at(until)}%` }}
                aria-hidden="true"
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Bar({ bar, left, right, at }: { bar: TimeBar; left: number; right: number; at: (day: string) => number }) {
  const within = (day: string) => Math.min(100, Math.max(0, ((at(day) - left) / Math.max(0.01, right - left)) * 100))
  if (bar.kind === 'opportunity')
    return (
      <span
        aria-hidden="true"
        className={`absolute inset-x-0 top-2 h-3 rounded-full border ${bar.end === 'good' ? 'border-good bg-good-soft' : bar.end === 'bad' ? 'border-bad bg-bad-soft' : 'border-accent border-r-transparent bg-accent-soft'}`}
      />
    )
  return (
    <span aria-hidden="true">
      <span className={`absolute inset-x-0 top-2.5 h-2 overflow-hidden rounded-full ${TONES[0]}`}>
        {bar.stages.map(({ stage, day }) => (
          <span
            key={stage}
            className={`absolute inset-y-0 right-0 ${TONES[stage - 1]}`}
            style={{ left: `${within(day)}%` }}
          />
        ))}
      </span>
      {bar.marks.map((mark, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: several touches can share a day
          key={`${mark}${place}`}
          className="absolute top-[0.5625rem] size-2.5 -translate-x-1/2 rounded-full border-2 border-accent bg-surface"
          style={{ left: `${within(mark)}%` }}
        />
      ))}
      {bar.end && (
        <span className={`absolute top-2 right-0 size-3 translate-x-1/2 rounded-full border-2 ${ENDS[bar.end]}`} />
      )}
    </span>
  )
}

/** What the marks mean. */
export function TimeLegend({ opportunities }: { opportunities: boolean }) {
  const item = 'inline-flex items-center gap-1.5'
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      <span className={item}>
        <span className="flex overflow-hidden rounded-full" aria-hidden="true">
          {TONES.map((tone) => (
            <span key={tone} className={`h-2 w-2.5 ${tone}`} />
          ))}
        </span>
        stage reached
      </span>
      <span className={item}>
        <span className="size-2.5 rounded-full border-2 border-accent bg-surface" aria-hidden="true" />
        influencing engagement
      </span>
      <span className={item}>
        <span className="size-2.5 rounded-full bg-good" aria-hidden="true" />
        <span className="size-2.5 rounded-full bg-bad" aria-hidden="true" />
        <span className="size-2.5 rounded-full bg-warn" aria-hidden="true" />
        won, lost or disqualified, dormant
      </span>
      {opportunities && (
        <span className={item}>
          <span className="h-2.5 w-5 rounded-full border border-accent bg-accent-soft" aria-hidden="true" />
          opportunity
        </span>
      )}
    </p>
  )
}

/** First days of months, quarters or years: as many as can be told apart. */
function ticksBetween(first: number, last: number): string[] {
  const from = new Date(first)
  const months = (last - first) / (30.4 * DAY_MS)
  const step = months <= 8 ? 1 : months <= 26 ? 3 : months <= 54 ? 6 : 12
  const ticks: string[] = []
  for (let month = Math.ceil(from.getUTCMonth() / step) * step; ticks.length < 40; month += step) {
    const tick = Date.UTC(from.getUTCFullYear(), month, 1)
    if (tick > last) break
    if (tick >= first) ticks.push(new Date(tick).toISOString().slice(0, 10))
  }
  return ticks
}

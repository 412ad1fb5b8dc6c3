import { Link } from '@tanstack/react-router'
import type { Target } from '../reports/drills.ts'

/** A bar: its name, how long it is, and what it says. */
export type Bar = Readonly<{ name: string; value: number; text: string; target?: Target | undefined; tone?: string }>

/** Options as bars under one another, the longest first as they come. Each leads to what it counts. */
export function BarList({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(Number.EPSILON, ...bars.map(({ value }) => Math.abs(value)))
  return (
    <ul aria-label={label} className="grid gap-0.5 px-2 pb-2 sm:px-3">
      {bars.map((bar) => (
        <li key={bar.name}>
          <Line bar={bar} share={Math.abs(bar.value) / most} />
        </li>
      ))}
    </ul>
  )
}

function Line({ bar, share }: { bar: Bar; share: number }) {
  const body = (
    <>
      <span className="relative min-w-0 px-2 py-1">
        <span
          aria-hidden="true"
          className={`absolute inset-y-0 left-0 rounded ${bar.tone ?? 'bg-bar'} opacity-60`}
          style={{ width: `${Math.max(0.4, share * 100)}%` }}
        />
        <span className="relative block truncate" title={bar.name}>
          {bar.name}
        </span>
      </span>
      <strong className="pr-2 text-right font-semibold group-hover:text-accent-ink">{bar.text}</strong>
    </>
  )
  const look = 'group grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 rounded-lg text-sm'
  return bar.target ? (
    <Link {...bar.target} className={`${look} -outline-offset-2 hover:bg-sunken`}>
      {body}
    </Link>
  ) : (
    <span className={look}>{body}</span>
  )
}

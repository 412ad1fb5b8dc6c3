import { Link } from '@tanstack/react-router'
import type { Target } from '../reports/drills.ts'

/** A span of days: how many took that long, which share that is, and how many took as long or less. */
export type Span = Readonly<{
  name: string
  value: string
  share: number
  within: string
  target?: Target | undefined
}>

const HEIGHT_REM = 11

/** Spans of days as columns beside one another, with their shares; each tells how many were done by then. */
export function Distribution({ spans, label }: { spans: readonly Span[]; label: string }) {
  const most = Math.max(Number.EPSILON, ...spans.map(({ share }) => share))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto px-4 pb-2 sm:px-5">
      <ol className="grid min-w-xl auto-cols-fr grid-flow-col gap-1.5">
        {spans.map((span) => {
          const body = (
            <>
              <span className="flex flex-col justify-end text-center" style={{ height: `${HEIGHT_REM}rem` }}>
                <strong className="text-sm font-semibold group-hover:text-accent-ink group-hover:underline">
                  {span.value}
                </strong>
                <span
                  className="mt-1 block rounded-t bg-stage-4 group-hover:bg-accent"
                  style={{ height: `${Math.max(0.15, (span.share / most) * (HEIGHT_REM - 2.2))}rem` }}
                />
              </span>
              <span className="block border-t border-line-strong pt-1.5 text-center text-xs whitespace-nowrap">
                {span.name}
              </span>
              <span className="block text-center text-xs text-muted">{span.within}</span>
            </>
          )
          return (
            <li key={span.name} className="min-w-0">
              {span.target ? (
                <Link
                  {...span.target}
                  className="group block rounded"
                  aria-label={`${span.name} days: ${span.value} journeys, ${span.within} by then`}
                >
                  {body}
                </Link>
              ) : (
                <span className="group block">{body}</span>
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

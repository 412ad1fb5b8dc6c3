import { Link } from '@tanstack/react-router'
import { count } from '../format.ts'
import type { Target } from '../reports/drills.ts'
import type { FunnelStage } from './stages.ts'

/** The activation type of journeys that stand in for an opportunity nobody's journey led to. */
export const FALLBACK_TYPE = 'Opportunity Creation'

/** Journeys that an opportunity's fallback began, apart from the others: they convert by construction. [U6] */
export function FallbackSlice({
  stages,
  target,
}: {
  stages: readonly FunnelStage[]
  target: (stage: number) => Target
}) {
  if (stages.every(({ journeys }) => journeys === 0)) return null
  return (
    <section
      aria-label="Opportunity Creation, apart"
      className="mx-4 mt-2 mb-3 rounded-lg border border-line bg-sunken sm:mx-5"
    >
      <p className="px-3 pt-2 text-xs text-muted">
        <strong className="font-medium text-ink">Opportunity Creation, apart:</strong> journeys that stand in for an
        opportunity nobody’s journey led to. They convert by construction and are in none of the figures above.
      </p>
      <ol className="grid grid-cols-2 sm:grid-cols-4">
        {stages.map((stage) => (
          <li key={stage.stage} className="min-w-0">
            <Link
              {...target(stage.stage)}
              className="group flex items-baseline gap-1.5 rounded-md px-3 py-1.5 text-xs text-muted"
            >
              <strong className="text-sm font-semibold text-ink group-hover:text-accent-ink group-hover:underline">
                {count(stage.journeys)}
              </strong>
              <span className="truncate">{stage.label}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}

import { Link } from '@tanstack/react-router'
import { count, days, ratio } from '../format.ts'
import type { FunnelStage } from '../funnel/stages.ts'
import type { Target } from '../reports/drills.ts'

const TONES = ['bg-stage-1', 'bg-stage-2', 'bg-stage-3', 'bg-stage-4', 'bg-stage-5', 'bg-stage-6']

/** Six stages as bars under one another: for narrow places. */
export function FunnelSteps({ stages, target }: { stages: readonly FunnelStage[]; target: (stage: number) => Target }) {
  const most = Math.max(1, ...stages.map(({ journeys }) => journeys))
  return (
    <ol className="grid gap-1 px-2 sm:px-3">
      {stages.map((stage, index) => (
        <li key={stage.stage}>
          <Link
            {...target(stage.stage)}
            className="group grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 rounded-lg px-2 py-1.5 hover:bg-sunken"
          >
            <span className="truncate text-sm">{stage.label}</span>
            <span className="text-sm">
              <span className="mr-3 text-xs text-muted">
                {stage.fromPrevious !== null && ratio(stage.fromPrevious)}
                {stage.medianDays !== null && ` in ${days(stage.medianDays)}`}
                {stage.meanDays !== null && <span className="max-sm:hidden"> · mean {days(stage.meanDays)}</span>}
              </span>
              <strong className="font-semibold group-hover:text-accent-ink group-hover:underline">
                {count(stage.journeys)}
              </strong>
            </span>
            <span className="col-span-2 mt-1 block h-2 rounded-full bg-sunken" aria-hidden="true">
              <span
                className={`block h-2 rounded-full ${TONES[index]}`}
                style={{ width: `${Math.max(0.5, (stage.journeys / most) * 100)}%` }}
              />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  )
}

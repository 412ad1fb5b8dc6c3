import { Link } from '@tanstack/react-router'
import { scaleLinear } from 'd3-scale'
import { area, curveBumpX } from 'd3-shape'
import { count, days, money, ratio, roundMoney } from '../format.ts'
import type { FunnelStage } from '../funnel/stages.ts'
import type { Target } from '../reports/drills.ts'
import { useWidth } from './use-width.ts'

const HEIGHT = 168

/**
 * Six stages as one stream that narrows where journeys stay behind. Each stage leads to its journeys; between two
 * stages stands how many went on and how long that took.
 */
export function FunnelFlow({
  stages,
  target,
  currency,
}: {
  stages: readonly FunnelStage[]
  target: (stage: number) => Target
  currency: string
}) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const most = Math.max(1, ...stages.map(({ journeys }) => journeys))
  const half = scaleLinear()
    .domain([0, most])
    .range([1.5, HEIGHT / 2])
  const column = width / stages.length
  const flat = column * 0.3
  const outline = (from: FunnelStage, to: FunnelStage, index: number) =>
    area<readonly [number, number]>()
      .x(([x]) => x)
      .y0(([, value]) => HEIGHT / 2 - half(value))
      .y1(([, value]) => HEIGHT / 2 + half(value))
      .curve(curveBumpX)([
      [index * column + flat, from.journeys],
      [(index + 1) * column, to.journeys],
    ]) ?? undefined
  return (
    <div className="px-4 sm:px-5">
      <div ref={frame} className="relative">
        <ol className="grid grid-cols-6">
          {stages.map((stage) => (
            <li key={stage.stage} className="min-w-0 pr-2">
              <Link {...target(stage.stage)} className="group block rounded-md" style={{ paddingBottom: HEIGHT + 12 }}>
                <span className="flex items-center gap-1.5 truncate text-sm text-muted group-hover:text-ink">
                  <span className="truncate">{stage.label}</span>
                </span>
                <span className="block text-xl font-semibold tracking-tight group-hover:text-accent-ink group-hover:underline">
                  {count(stage.journeys)}
                </span>
                <span className="block h-5 text-xs text-muted">
                  {stage.fromPrevious !== null && (
                    <strong className="font-semibold text-ink">{ratio(stage.fromPrevious)}</strong>
                  )}
                  {stage.medianDays !== null && <span className="max-lg:hidden"> in {days(stage.medianDays)}</span>}
                </span>
                <span className="block h-5 truncate text-xs text-muted">
                  {stage.meanDays !== null && `mean ${days(stage.meanDays)}`}
                </span>
                <span className="block h-5 truncate text-xs text-muted">
                  {stage.amount !== null && stage.amount > 0 && (
                    <span title={money(stage.amount, currency)}>{roundMoney(stage.amount, currency)}</span>
                  )}
                </span>
              </Link>
            </li>
          ))}
        </ol>
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            className="pointer-events-none absolute bottom-0 left-0"
            aria-hidden="true"
          >
            {stages.map((stage, index) => {
              const next = stages[index + 1]
              const tone = [
                'fill-stage-1',
                'fill-stage-2',
                'fill-stage-3',
                'fill-stage-4',
                'fill-stage-5',
                'fill-stage-6',
              ][index]
              const thick = half(stage.journeys)
              return (
                <g key={stage.stage} className={tone}>
                  <rect
                    x={index * column}
                    y={HEIGHT / 2 - thick}
                    width={next ? flat + 0.5 : column * 0.8}
                    height={thick * 2}
                  />
                  {next && <path d={outline(stage, next, index)} opacity={0.55} />}
                </g>
              )
            })}
          </svg>
        )}
      </div>
    </div>
  )
}

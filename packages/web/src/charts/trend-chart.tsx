import { useLinkProps } from '@tanstack/react-router'
import { scaleBand, scaleLinear } from 'd3-scale'
import { month as monthText, shortMonth } from '../format.ts'
import { monthPeriod } from '../period.ts'
import { useWidth } from './use-width.ts'

const HEIGHT = 220
const MARGIN = { top: 12, right: 4, bottom: 24, left: 44 }

type Point = Readonly<{ month: string; value: number; partial: boolean }>

/** Months as bars. Each bar leads to what it counts. */
export function TrendChart({
  points,
  label,
  format,
  drill,
}: {
  points: readonly Point[]
  label: string
  format: (value: number) => string
  /** Stage whose journeys a bar counts. */
  drill: number
}) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
  const x = scaleBand<string>()
    .domain(points.map(({ month }) => month))
    .range([0, inner.width])
    .paddingInner(0.36)
    .paddingOuter(0.1)
  const y = scaleLinear()
    .domain([0, Math.max(1, ...points.map(({ value }) => value))])
    .nice(4)
    .range([inner.height, 0])
  const every = Math.max(1, Math.ceil(points.length / Math.max(1, Math.floor(inner.width / 44))))
  return (
    <div ref={frame} className="px-4 sm:px-5">
      {width > 0 && (
        <svg width={width} height={HEIGHT} className="block overflow-visible">
          <title>{label}, month by month</title>
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {y.ticks(4).map((tick) => (
              <g key={tick} transform={`translate(0 ${y(tick)})`}>
                <line x2={inner.width} className="stroke-line" />
                <text x={-8} dy="0.32em" textAnchor="end" className="fill-muted text-[11px]">
                  {format(tick)}
                </text>
              </g>
            ))}
            {points.map((point, index) => {
              const left = x(point.month) ?? 0
              const top = y(point.value)
              return (
                <BarLink
                  key={point.month}
                  month={point.month}
                  stage={drill}
                  name={`${monthText(point.month)}: ${format(point.value)} ${label}${point.partial ? ', so far' : ''}`}
                >
                  <rect x={left} y={0} width={x.bandwidth()} height={inner.height + 22} fill="transparent" />
                  <rect
                    x={left}
                    y={Math.min(top, inner.height - 1)}
                    width={x.bandwidth()}
                    height={Math.max(1, inner.height - top)}
                    rx={Math.min(4, x.bandwidth() / 4)}
                    className={`transition-colors group-hover:fill-accent group-focus-visible:fill-accent ${point.partial ? 'fill-bar' : 'fill-stage-4'}`}
                  />
                  <text
                    x={left + x.bandwidth() / 2}
                    y={top - 5}
                    textAnchor="middle"
                    className="fill-ink text-[11px] font-medium opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
                  >
                    {format(point.value)}
                  </text>
                  {(points.length - 1 - index) % every === 0 && (
                    <text
                      x={left + x.bandwidth() / 2}
                      y={inner.height + 17}
                      textAnchor="middle"
                      className="fill-muted text-[11px]"
                    >
                      {shortMonth(point.month)}
                      {point.month.endsWith('-01') && every === 1 ? ` ’${point.month.slice(2, 4)}` : ''}
                    </text>
                  )}
                </BarLink>
              )
            })}
          </g>
        </svg>
      )}
    </div>
  )
}

function BarLink({
  month,
  stage,
  name,
  children,
}: {
  month: string
  stage: number
  name: string
  children: React.ReactNode
}) {
  const { href, onClick } = useLinkProps({
    to: '/journeys',
    search: { ...monthPeriod(month), view: 'period', stage, fallbacks: stage === 1 ? 'without' : 'with' },
  })
  return (
    <a href={href} onClick={onClick} aria-label={name} className="group outline-offset-0">
      {children}
    </a>
  )
}
